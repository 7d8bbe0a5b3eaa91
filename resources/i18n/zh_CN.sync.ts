<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>Problem</name>
    <message>
      <source>The carrier has another part of this registration than expected</source>
      <translation>运营商已收到的部分与预期不一致</translation>
    </message>
    <message>
      <source>The carrier has yet to approve this till</source>
      <translation>运营商尚未批准本设备</translation>
    </message>
    <message>
      <source>An administrator at the carrier does that. You can go on working; what you register is sent as soon as the till is approved. Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation>由运营商的管理员批准。可以继续办理；设备获批后，登记会立即自动上传。未丢失任何内容：已保存的登记仍在本机，会自动上传。</translation>
    </message>
  </context>
</TS>
