<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>WayOut</name>
    <message>
      <source>The bar code is not read yet</source>
      <translation>条码仍未识别</translation>
    </message>
    <message>
      <source>Scan it with the hand scanner, or type the digits below the bars.</source>
      <translation>请用扫描枪扫描，或手工输入条码下方的号码。</translation>
    </message>
    <message>
      <source>It takes longer than usual</source>
      <translation>用时比平时长</translation>
    </message>
    <message>
      <source>Light from the side helps, and a card that lies flat. You need not wait: everything can be checked and mended afterwards.</source>
      <translation>侧面打光、证件放平会有帮助。不必等待：之后都可以核对和修改。</translation>
    </message>
    <message>
      <source>Take it now (Space)</source>
      <translation>立即拍摄（空格）</translation>
    </message>
    <message>
      <source>Type instead (F4)</source>
      <translation>手工录入（F4）</translation>
    </message>
    <message>
      <source>Other camera (Shift+F3)</source>
      <translation>切换摄像头（Shift+F3）</translation>
    </message>
  </context>
</TS>
