<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>KindList</name>
    <message>
      <source>Type a part of its name: 通行证, passport, KTP …</source>
      <translation>输入名称的一部分：通行证、passport、KTP…</translation>
    </message>
    <message>
      <source>Search the documents</source>
      <translation>查找证件种类</translation>
    </message>
    <message>
      <source>No document here is called like that. Esc leaves it as it is.</source>
      <translation>没有这样的证件。按 Esc 保持不变。</translation>
    </message>
    <message>
      <source>Chinese citizens</source>
      <translation>中国公民</translation>
    </message>
    <message>
      <source>Hong Kong, Macau and Taiwan</source>
      <translation>港澳台居民</translation>
    </message>
    <message>
      <source>Foreigners</source>
      <translation>外国人</translation>
    </message>
    <message>
      <source>Cards of single countries</source>
      <translation>各国身份证件</translation>
    </message>
    <message>
      <source>Companies and offices</source>
      <translation>单位</translation>
    </message>
  </context>
</TS>
