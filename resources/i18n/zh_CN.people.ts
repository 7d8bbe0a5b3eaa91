<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>Header</name>
    <message>
      <source>Lost PIN or keys</source>
      <translation>PIN 或密钥丢失</translation>
    </message>
  </context>
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
    <name>Problem</name>
    <message>
      <source>The request could not be written</source>
      <translation>无法写入请求文件</translation>
    </message>
    <message>
      <source>Choose another folder or another stick. Nothing on this till was changed.</source>
      <translation>请换一个文件夹或 U 盘。本机没有任何改动。</translation>
    </message>
    <message>
      <source>The carrier's answer could not be read</source>
      <translation>无法读取运营商的答复</translation>
    </message>
  </context>
  <context>
    <name>RecoveryPage</name>
    <message>
      <source>Lost PIN or keys</source>
      <translation>PIN 或密钥丢失</translation>
    </message>
    <message>
      <source>A supervisor can give you a new PIN. Where nobody can sign in any more, the carrier checks who you are and gives the till its keys back. What was submitted is safe meanwhile.</source>
      <translation>主管可以为你重设 PIN。如果本机已无人能够登录，由运营商核实身份后交还本机密钥。已提交的登记不受影响。</translation>
    </message>
    <message>
      <source>Your operator number</source>
      <translation>你的工号</translation>
    </message>
    <message>
      <source>New PIN</source>
      <translation>新 PIN</translation>
    </message>
    <message>
      <source>The same PIN again</source>
      <translation>再次输入 PIN</translation>
    </message>
    <message>
      <source>1  Write the request</source>
      <translation>1  生成请求文件</translation>
    </message>
    <message>
      <source>2  Take the carrier's answer</source>
      <translation>2  读入运营商答复</translation>
    </message>
    <message>
      <source>Back (Esc)</source>
      <translation>返回 (Esc)</translation>
    </message>
    <message>
      <source>Give this file to your carrier: {file}</source>
      <translation>请将此文件交给运营商：{file}</translation>
    </message>
    <message>
      <source>Come back with the answer and this same new PIN. Nothing is deleted meanwhile.</source>
      <translation>收到答复后，用同一个新 PIN 回到此页。期间不会删除任何内容。</translation>
    </message>
    <message>
      <source>Request to the carrier</source>
      <translation>给运营商的请求</translation>
    </message>
    <message>
      <source>Making the request</source>
      <translation>正在生成请求</translation>
    </message>
    <message>
      <source>Answer of the carrier</source>
      <translation>运营商的答复</translation>
    </message>
    <message>
      <source>Opening the till</source>
      <translation>正在打开本机</translation>
    </message>
    <message>
      <source>The two PINs differ. Type the second one again</source>
      <translation>两次输入的 PIN 不一致，请重新输入第二次</translation>
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
  <context>
    <name>SignInPage</name>
    <message>
      <source>PIN or keys lost?</source>
      <translation>PIN 或密钥丢失？</translation>
    </message>
  </context>
</TS>
