<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>CameraPane</name>
    <message>
      <source>Take now (Space)</source>
      <translation>立即拍摄（空格）</translation>
    </message>
    <message>
      <source>Back to the camera (F4)</source>
      <translation>返回摄像头（F4）</translation>
    </message>
    <message>
      <source>Type instead (F4)</source>
      <translation>手工录入（F4）</translation>
    </message>
    <message>
      <source>Other camera</source>
      <translation>切换摄像头</translation>
    </message>
    <message>
      <source>Show the SIM's bar code</source>
      <translation>请出示 SIM 卡条码</translation>
    </message>
    <message>
      <source>Bar code of the SIM card</source>
      <translation>SIM 卡条码</translation>
    </message>
    <message>
      <source>Captured pictures</source>
      <translation>已拍图片</translation>
    </message>
    <message>
      <source>Any side of the document</source>
      <translation>证件任意一面</translation>
    </message>
  </context>
  <context>
    <name>DonePage</name>
    <message>
      <source>Printing</source>
      <translation>正在打印</translation>
    </message>
    <message>
      <source>The registration is saved</source>
      <translation>登记已保存</translation>
    </message>
    <message>
      <source>Receipt number</source>
      <translation>回执编号</translation>
    </message>
    <message>
      <source>Print 80 mm (Ctrl+P)</source>
      <translation>打印 80 毫米（Ctrl+P）</translation>
    </message>
    <message>
      <source>Print A4</source>
      <translation>打印 A4</translation>
    </message>
    <message>
      <source>Next customer (F2)</source>
      <translation>下一位客户（F2）</translation>
    </message>
    <message>
      <source>The customer is told by SMS.</source>
      <translation>结果将以短信通知客户。</translation>
    </message>
    <message>
      <source>Accepted by the carrier</source>
      <translation>运营商已受理</translation>
    </message>
    <message>
      <source>Received by the carrier</source>
      <translation>运营商已收到</translation>
    </message>
    <message>
      <source>Not accepted. See the waiting list (F7)</source>
      <translation>未受理，请查看登记队列（F7）</translation>
    </message>
    <message>
      <source>Saved on this device. See the waiting list (F7)</source>
      <translation>已保存到本机，请查看登记队列（F7）</translation>
    </message>
    <message>
      <source>Saved on this device. It is being sent</source>
      <translation>已保存到本机，正在上传</translation>
    </message>
    <message>
      <source>Saved on this device. It will be sent when the network is back</source>
      <translation>已保存到本机，联网后自动上传</translation>
    </message>
    <message>
      <source>Receipt printed</source>
      <translation>回执已打印</translation>
    </message>
  </context>
  <context>
    <name>Header</name>
    <message>
      <source>Operator {number}</source>
      <translation>工号 {number}</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Lock</source>
      <translation>锁定</translation>
    </message>
    <message>
      <source>Help (F1)</source>
      <translation>帮助 (F1)</translation>
    </message>
    <message>
      <source>New line, draft {id}</source>
      <translation>新办号码，草稿 {id}</translation>
    </message>
    <message>
      <source>First start</source>
      <translation>首次启动</translation>
    </message>
    <message>
      <source>Registration counter</source>
      <translation>实名登记柜台</translation>
    </message>
    <message>
      <source>New line</source>
      <translation>新办号码</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>已保存</translation>
    </message>
    <message>
      <source>Waiting list</source>
      <translation>登记队列</translation>
    </message>
  </context>
  <context>
    <name>HelpSheet</name>
    <message>
      <source>Keys on this page</source>
      <translation>本页按键</translation>
    </message>
    <message>
      <source>Nothing is lost while you read: every step is saved as it is made.</source>
      <translation>阅读时不会丢失内容，每一步都会自动保存。</translation>
    </message>
    <message>
      <source>Close (Esc)</source>
      <translation>关闭（Esc）</translation>
    </message>
  </context>
  <context>
    <name>HomePage</name>
    <message>
      <source>Starting a registration</source>
      <translation>正在开始登记</translation>
    </message>
    <message>
      <source>What does the customer want?</source>
      <translation>客户要办理什么业务？</translation>
    </message>
    <message>
      <source>New registration (F2)</source>
      <translation>新建登记（F2）</translation>
    </message>
    <message>
      <source>Go on with</source>
      <translation>继续办理</translation>
    </message>
    <message>
      <source>Nothing waits for you. F2 starts a new registration.</source>
      <translation>没有待处理事项，按 F2 新建登记。</translation>
    </message>
    <message numerus="yes">
      <source>%n draft(s)</source>
      <translation>
        <numerusform>%n 份草稿</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n need(s) you</source>
      <translation>
        <numerusform>%n 笔需处理</numerusform>
      </translation>
    </message>
    <message>
      <source>Nothing came back</source>
      <translation>没有退回</translation>
    </message>
    <message numerus="yes">
      <source>%n waiting to be sent</source>
      <translation>
        <numerusform>%n 笔待上传</numerusform>
      </translation>
    </message>
    <message>
      <source>All sent at {time}</source>
      <translation>{time} 全部已上传</translation>
    </message>
    <message>
      <source>Nothing waits to be sent</source>
      <translation>没有待上传</translation>
    </message>
    <message>
      <source>No name yet</source>
      <translation>尚无姓名</translation>
    </message>
    <message>
      <source>Draft {id}</source>
      <translation>草稿 {id}</translation>
    </message>
  </context>
  <context>
    <name>IdentityPane</name>
    <message>
      <source>Another document (Ctrl+D)</source>
      <translation>其他证件（Ctrl+D）</translation>
    </message>
    <message>
      <source>Which document is it?</source>
      <translation>请选择证件类型</translation>
    </message>
    <message>
      <source>Another kind removes what was read from this one. Esc leaves it as it is.</source>
      <translation>更换证件类型会清除已读取的内容，按 Esc 保持不变。</translation>
    </message>
    <message>
      <source>Put the document under the camera</source>
      <translation>请将证件放到摄像头下</translation>
    </message>
    <message>
      <source>The form fills itself. F4 to type instead, Ctrl+D to choose the document.</source>
      <translation>表单会自动填写。按 F4 手工录入，按 Ctrl+D 选择证件。</translation>
    </message>
  </context>
  <context>
    <name>Keys</name>
    <message>
      <source>Help</source>
      <translation>帮助</translation>
    </message>
    <message>
      <source>New registration</source>
      <translation>新建登记</translation>
    </message>
    <message>
      <source>Retake</source>
      <translation>重拍</translation>
    </message>
    <message>
      <source>Other camera</source>
      <translation>切换摄像头</translation>
    </message>
    <message>
      <source>Type instead</source>
      <translation>手工录入</translation>
    </message>
    <message>
      <source>Send now</source>
      <translation>立即上传</translation>
    </message>
    <message>
      <source>Next to check</source>
      <translation>下一待核对项</translation>
    </message>
    <message>
      <source>Previous to check</source>
      <translation>上一待核对项</translation>
    </message>
    <message>
      <source>Waiting list</source>
      <translation>登记队列</translation>
    </message>
    <message>
      <source>Customer agrees</source>
      <translation>客户同意</translation>
    </message>
    <message>
      <source>Submit</source>
      <translation>提交</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Identity</source>
      <translation>身份</translation>
    </message>
    <message>
      <source>Number and SIM</source>
      <translation>号码与 SIM 卡</translation>
    </message>
    <message>
      <source>Notices</source>
      <translation>告知</translation>
    </message>
    <message>
      <source>Review</source>
      <translation>复核</translation>
    </message>
    <message>
      <source>Document kind</source>
      <translation>证件类型</translation>
    </message>
    <message>
      <source>Print</source>
      <translation>打印</translation>
    </message>
    <message>
      <source>Park</source>
      <translation>暂存</translation>
    </message>
    <message>
      <source>Discard this draft</source>
      <translation>放弃此草稿</translation>
    </message>
    <message>
      <source>Lock</source>
      <translation>锁定</translation>
    </message>
    <message>
      <source>中文 / English</source>
      <translation>中文 / English</translation>
    </message>
    <message>
      <source>Light or dark</source>
      <translation>浅色或深色</translation>
    </message>
  </context>
  <context>
    <name>LeavingBanner</name>
    <message>
      <source>Park (Ctrl+B)</source>
      <translation>暂存（Ctrl+B）</translation>
    </message>
    <message>
      <source>Discard (Ctrl+Shift+Del)</source>
      <translation>放弃（Ctrl+Shift+Del）</translation>
    </message>
    <message>
      <source>Go on (Esc)</source>
      <translation>继续办理（Esc）</translation>
    </message>
    <message>
      <source>Discard this draft for good?</source>
      <translation>确定彻底放弃此草稿？</translation>
    </message>
    <message>
      <source>Pictures and values are removed and cannot be brought back.</source>
      <translation>图片和内容将被删除，无法恢复。</translation>
    </message>
    <message>
      <source>Leave this registration?</source>
      <translation>离开此登记？</translation>
    </message>
    <message>
      <source>Parked drafts are kept, encrypted, and wait on the first page.</source>
      <translation>暂存的草稿会加密保留，可在首页继续。</translation>
    </message>
  </context>
  <context>
    <name>LinePane</name>
    <message>
      <source>Number</source>
      <translation>号码</translation>
    </message>
    <message>
      <source>SIM card (ICCID)</source>
      <translation>SIM 卡（ICCID）</translation>
    </message>
    <message>
      <source>Type the last digits to search, or a whole number. Up, Down, Enter.</source>
      <translation>输入尾号查找，或输入完整号码。用上、下、Enter 选择。</translation>
    </message>
    <message>
      <source>Last digits</source>
      <translation>尾号</translation>
    </message>
    <message>
      <source>Scan the bar code of the card</source>
      <translation>扫描 SIM 卡条码</translation>
    </message>
    <message>
      <source>Offered numbers</source>
      <translation>可选号码</translation>
    </message>
    <message>
      <source>Hold the card's bar code before the camera, scan it, or type it.</source>
      <translation>请将卡上条码对准摄像头、扫码，或手工录入。</translation>
    </message>
    <message>
      <source>Scanned</source>
      <translation>已扫描</translation>
    </message>
    <message>
      <source>Typed. Compare it with the card.</source>
      <translation>手工录入，请与卡面核对。</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>Registration counter</source>
      <translation>实名登记柜台</translation>
    </message>
    <message>
      <source>Space</source>
      <translation>空格</translation>
    </message>
    <message>
      <source>Take the picture now (camera focused)</source>
      <translation>立即拍摄（焦点在摄像头时）</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>回车</translation>
    </message>
    <message>
      <source>Confirm a field and go to the next open one</source>
      <translation>确认当前项并转到下一待核对项</translation>
    </message>
    <message>
      <source>Put the read value back</source>
      <translation>恢复读取的值</translation>
    </message>
    <message>
      <source>Take another reading</source>
      <translation>采用其他读法</translation>
    </message>
  </context>
  <context>
    <name>NoticesPane</name>
    <message>
      <source>{n} of {count}</source>
      <translation>第 {n} 项，共 {count} 项</translation>
    </message>
    <message>
      <source>The customer agrees (F9)</source>
      <translation>客户同意（F9）</translation>
    </message>
    <message>
      <source>The customer declines</source>
      <translation>客户不同意</translation>
    </message>
    <message>
      <source>Previous</source>
      <translation>上一项</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>下一项</translation>
    </message>
    <message>
      <source>The customer agreed</source>
      <translation>客户已同意</translation>
    </message>
    <message>
      <source>The customer declined</source>
      <translation>客户未同意</translation>
    </message>
    <message>
      <source>Without this the number cannot be registered.</source>
      <translation>未同意则无法办理登记。</translation>
    </message>
  </context>
  <context>
    <name>RegistrationPage</name>
    <message>
      <source>Sealing and saving</source>
      <translation>正在加密保存</translation>
    </message>
    <message>
      <source>This code is no SIM card and no number of this carrier</source>
      <translation>此条码不是 SIM 卡号，也不是本运营商号码</translation>
    </message>
    <message>
      <source>Scan the long bar code on the card's holder.</source>
      <translation>请扫描卡托上的长条码。</translation>
    </message>
    <message numerus="yes">
      <source>%n field(s)</source>
      <translation>
        <numerusform>%n 项</numerusform>
      </translation>
    </message>
    <message>
      <source>no card yet</source>
      <translation>尚无证件</translation>
    </message>
    <message>
      <source>{fields}, {n} to check</source>
      <translation>{fields}，{n} 项待核对</translation>
    </message>
    <message>
      <source>SIM …{tail}</source>
      <translation>SIM …{tail}</translation>
    </message>
    <message>
      <source>no SIM</source>
      <translation>无 SIM 卡</translation>
    </message>
    <message>
      <source>no number</source>
      <translation>无号码</translation>
    </message>
    <message>
      <source>nothing yet</source>
      <translation>尚未填写</translation>
    </message>
    <message>
      <source>{n} of {count} agreed</source>
      <translation>已同意 {n} 项，共 {count} 项</translation>
    </message>
    <message numerus="yes">
      <source>%n point(s) open</source>
      <translation>
        <numerusform>还有 %n 项未完成</numerusform>
      </translation>
    </message>
    <message>
      <source>ready to submit</source>
      <translation>可以提交</translation>
    </message>
  </context>
  <context>
    <name>ReviewPane</name>
    <message>
      <source>Document number</source>
      <translation>证件号码</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>号码</translation>
    </message>
    <message>
      <source>SIM card</source>
      <translation>SIM 卡</translation>
    </message>
    <message>
      <source>Read to the customer, who agreed (F9)</source>
      <translation>已向客户读出，客户确认无误（F9）</translation>
    </message>
    <message>
      <source>Submit (F12)</source>
      <translation>提交（F12）</translation>
    </message>
    <message numerus="yes">
      <source>%n point(s) open. Each line leads there.</source>
      <translation>
        <numerusform>还有 %n 处待处理，点击可转到相应位置</numerusform>
      </translation>
    </message>
    <message>
      <source>Nothing stands in the way</source>
      <translation>可以提交</translation>
    </message>
    <message>
      <source>Go on anyway</source>
      <translation>仍要继续</translation>
    </message>
  </context>
  <context>
    <name>SetUpPage</name>
    <message>
      <source>Set up this till</source>
      <translation>启用本机</translation>
    </message>
    <message>
      <source>Invitation file</source>
      <translation>邀请文件</translation>
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
      <source>Choose file</source>
      <translation>选择文件</translation>
    </message>
    <message>
      <source>Set up</source>
      <translation>启用</translation>
    </message>
    <message>
      <source>The two PINs differ. Type the second one again</source>
      <translation>两次输入的 PIN 不同，请重新输入第二次</translation>
    </message>
    <message>
      <source>Setting up with the carrier</source>
      <translation>正在向运营商启用</translation>
    </message>
  </context>
  <context>
    <name>SignInPage</name>
    <message>
      <source>Locked</source>
      <translation>已锁定</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>登录</translation>
    </message>
    <message>
      <source>Operator number</source>
      <translation>工号</translation>
    </message>
    <message>
      <source>PIN</source>
      <translation>PIN</translation>
    </message>
    <message>
      <source>Unlock</source>
      <translation>解锁</translation>
    </message>
    <message>
      <source>Locked after {n} minutes without a key. Your work is kept.</source>
      <translation>{n} 分钟未操作已锁定，数据已保留。</translation>
    </message>
    <message>
      <source>Drafts are kept, and what waits goes on being sent.</source>
      <translation>草稿已保留，待上传的登记继续上传。</translation>
    </message>
    <message>
      <source>Opening the till</source>
      <translation>正在打开</translation>
    </message>
  </context>
</TS>
