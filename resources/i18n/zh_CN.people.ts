<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>HomePage</name>
    <message>
      <source>Hand over</source>
      <translation>转交</translation>
    </message>
    <message>
      <source>Somebody else goes on with it; who began it is kept</source>
      <translation>由他人继续办理；开始人仍保留在记录中</translation>
    </message>
    <message>
      <source>{number} goes on with this draft</source>
      <translation>该草稿已转交 {number}</translation>
    </message>
    <message>
      <source>It is on their first page when they sign in.</source>
      <translation>对方登录后可在首页看到。</translation>
    </message>
    <message numerus="yes">
      <source>The disk has room for about %n more registration(s)</source>
      <translation>
        <numerusform>磁盘大约还能保存 %n 笔登记</numerusform>
      </translation>
    </message>
    <message>
      <source>The disk is nearly full: new registrations are paused until it has room</source>
      <translation>磁盘将满：腾出空间之前暂停新登记</translation>
    </message>
  </context>
  <context>
    <name>ReviewPane</name>
    <message>
      <source>A second person decides</source>
      <translation>由第二人决定</translation>
    </message>
    <message>
      <source>refused by {number}: {reason}</source>
      <translation>{number} 不同意：{reason}</translation>
    </message>
  </context>
  <context>
    <name>SecondPersonBox</name>
    <message>
      <source>A second person decides</source>
      <translation>由第二人决定</translation>
    </message>
    <message>
      <source>Their operator number</source>
      <translation>对方工号</translation>
    </message>
    <message>
      <source>Their PIN</source>
      <translation>对方 PIN</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>理由</translation>
    </message>
    <message>
      <source>kept in the record</source>
      <translation>将写入登记记录</translation>
    </message>
    <message>
      <source>Approve</source>
      <translation>同意</translation>
    </message>
    <message>
      <source>Refuse</source>
      <translation>不同意</translation>
    </message>
    <message>
      <source>Not now (Esc)</source>
      <translation>暂不 (Esc)</translation>
    </message>
    <message>
      <source>Checking the PIN</source>
      <translation>正在核对 PIN</translation>
    </message>
  </context>
</TS>
