<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>FacePane</name>
    <message>
      <source>Nobody is looked at now</source>
      <translation>摄像头已停止</translation>
    </message>
    <message>
      <source>Photo on the card</source>
      <translation>证件照片</translation>
    </message>
    <message>
      <source>Look once more (F9)</source>
      <translation>再比对一次 (F9)</translation>
    </message>
    <message>
      <source>A second person decides (F9)</source>
      <translation>由第二人决定 (F9)</translation>
    </message>
    <message>
      <source>Go on (F9)</source>
      <translation>继续 (F9)</translation>
    </message>
    <message>
      <source>Ask the customer again</source>
      <translation>重新征求客户意见</translation>
    </message>
    <message>
      <source>Compare by camera after all</source>
      <translation>仍用摄像头比对</translation>
    </message>
    <message>
      <source>A second person looks instead</source>
      <translation>改由第二人当面核对</translation>
    </message>
    <message>
      <source>The carrier checks later</source>
      <translation>改由运营商事后核验</translation>
    </message>
    <message>
      <source>Tries left: {n}</source>
      <translation>剩余次数：{n}</translation>
    </message>
    <message>
      <source>The side with the photo comes first</source>
      <translation>请先拍摄带照片的一面</translation>
    </message>
    <message>
      <source>Capture it; then the person is compared with it.</source>
      <translation>拍摄后再与本人比对。</translation>
    </message>
    <message>
      <source>Looking at the person</source>
      <translation>正在比对本人</translation>
    </message>
    <message>
      <source>Matched: this is the person on the card</source>
      <translation>比对通过：与证件照片一致</translation>
    </message>
    <message>
      <source>Confirmed by a second person</source>
      <translation>已由第二人确认</translation>
    </message>
    <message>
      <source>Take off mask, cap and dark glasses. Light from the front.</source>
      <translation>摘下口罩、帽子和墨镜，让光线从正面照来。</translation>
    </message>
  </context>
  <context>
    <name>FaceView</name>
    <message>
      <source>Starting the camera</source>
      <translation>正在启动摄像头</translation>
    </message>
    <message>
      <source>Look at the camera, face in the oval</source>
      <translation>请看摄像头，将脸置于椭圆框内</translation>
    </message>
    <message>
      <source>Hold still</source>
      <translation>请保持不动</translation>
    </message>
    <message>
      <source>Thank you. That is all</source>
      <translation>完成，谢谢</translation>
    </message>
    <message>
      <source>No camera. Plug one in, or choose another way</source>
      <translation>没有摄像头，请插入摄像头，或选择其他方式</translation>
    </message>
    <message>
      <source>Camera at the customer, {state}</source>
      <translation>客户摄像头，{state}</translation>
    </message>
  </context>
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
    <name>Keys</name>
    <message>
      <source>Face</source>
      <translation>人脸比对</translation>
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
    <message>
      <source>Faces cannot be compared on this computer</source>
      <translation>本机无法进行人脸比对</translation>
    </message>
    <message>
      <source>The files for it are missing or damaged: run the set-up of this client again. Until then a second person compares the customer with the card.</source>
      <translation>所需文件缺失或损坏，请重新运行本客户端的安装；在此之前由第二人当面核对客户与证件。</translation>
    </message>
    <message>
      <source>The photo on the card cannot be compared with anybody</source>
      <translation>证件照片无法用于比对</translation>
    </message>
    <message>
      <source>Capture that side again, flat and in good light. If it stays so, a second person compares the customer with the card.</source>
      <translation>请放平证件、在良好光线下重新拍摄该面；仍不行时，由第二人当面核对客户与证件。</translation>
    </message>
    <message>
      <source>The customer has not agreed to the face comparison</source>
      <translation>客户尚未同意人脸比对</translation>
    </message>
    <message>
      <source>Ask the customer, and keep the answer. Somebody who declines is offered another way.</source>
      <translation>请征求客户意见并记录答复；不同意的，提供其他方式。</translation>
    </message>
    <message>
      <source>This way is not offered by the rules in force</source>
      <translation>现行规则不提供此方式</translation>
    </message>
    <message>
      <source>Choose one of the ways that the face page offers.</source>
      <translation>请选择人脸比对页面提供的方式。</translation>
    </message>
    <message>
      <source>All tries of the face comparison were used</source>
      <translation>人脸比对次数已用完</translation>
    </message>
    <message>
      <source>A second person decides with their own PIN, or the registration is stopped.</source>
      <translation>由第二人用自己的 PIN 决定，或终止办理。</translation>
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
    <name>RegistrationPage</name>
    <message>
      <source>not yet</source>
      <translation>尚未进行</translation>
    </message>
    <message>
      <source>to be decided</source>
      <translation>待决定</translation>
    </message>
    <message>
      <source>matched</source>
      <translation>已通过</translation>
    </message>
    <message>
      <source>checked in another way</source>
      <translation>已用其他方式核验</translation>
    </message>
  </context>
  <context>
    <name>ReviewPane</name>
    <message>
      <source>A second person decides</source>
      <translation>由第二人决定</translation>
    </message>
    <message>
      <source>{title}: {value}</source>
      <translation>{title}：{value}</translation>
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
  <context>
    <name>StepBar</name>
    <message>
      <source>Face</source>
      <translation>人脸比对</translation>
    </message>
  </context>
</TS>
