<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>CameraView</name>
    <message>
      <source>Starting the camera</source>
      <translation>正在打开摄像头</translation>
    </message>
    <message>
      <source>Hold the card in front of the camera</source>
      <translation>请将证件对准摄像头</translation>
    </message>
    <message>
      <source>Card found</source>
      <translation>已找到证件</translation>
    </message>
    <message>
      <source>Hold still</source>
      <translation>请保持不动</translation>
    </message>
    <message>
      <source>Captured</source>
      <translation>已拍摄</translation>
    </message>
    <message>
      <source>No camera. Plug one in, or type with F4</source>
      <translation>没有摄像头，请接入，或按 F4 手工录入</translation>
    </message>
    <message>
      <source>Card camera, {state}</source>
      <translation>证件摄像头，{state}</translation>
    </message>
  </context>
  <context>
    <name>FieldRow</name>
    <message>
      <source>printed: {title}</source>
      <translation>证件印刷内容：{title}</translation>
    </message>
    <message>
      <source>ok</source>
      <translation>正确</translation>
    </message>
    <message>
      <source>check</source>
      <translation>请核对</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>已修改</translation>
    </message>
    <message>
      <source>correct it</source>
      <translation>请更正</translation>
    </message>
    <message>
      <source>missing</source>
      <translation>缺失</translation>
    </message>
    <message>
      <source>from the chip</source>
      <translation>芯片</translation>
    </message>
    <message>
      <source>code lines</source>
      <translation>机读码</translation>
    </message>
    <message>
      <source>barcode</source>
      <translation>条码</translation>
    </message>
    <message>
      <source>camera</source>
      <translation>摄像头</translation>
    </message>
    <message>
      <source>typed</source>
      <translation>手工录入</translation>
    </message>
    <message>
      <source>work list</source>
      <translation>任务清单</translation>
    </message>
    <message>
      <source>Use this reading (Alt+{n})</source>
      <translation>采用此识别结果（Alt+{n}）</translation>
    </message>
  </context>
  <context>
    <name>Figures</name>
    <message>
      <source>{n} d</source>
      <translation>{n} 天</translation>
    </message>
    <message>
      <source>{n} h</source>
      <translation>{n} 小时</translation>
    </message>
    <message>
      <source>{n} min</source>
      <translation>{n} 分钟</translation>
    </message>
    <message>
      <source>now</source>
      <translation>刚刚</translation>
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n 天</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation>
        <numerusform>%n 小时</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation>
        <numerusform>%n 分钟</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ProblemBox</name>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
  </context>
  <context>
    <name>Receipt</name>
    <message>
      <source>New mobile number</source>
      <translation>新入网</translation>
    </message>
    <message>
      <source>Saved on this device, not yet sent</source>
      <translation>已保存到本机，尚未上传</translation>
    </message>
    <message>
      <source>Received by the carrier</source>
      <translation>运营商已收到</translation>
    </message>
    <message>
      <source>Received by the carrier, being looked at</source>
      <translation>运营商已收到，正在复核</translation>
    </message>
    <message>
      <source>Accepted by the carrier</source>
      <translation>运营商已受理</translation>
    </message>
    <message>
      <source>Returned by the carrier for correction</source>
      <translation>运营商已退回更正</translation>
    </message>
    <message>
      <source>Not accepted by the carrier</source>
      <translation>运营商未受理</translation>
    </message>
    <message>
      <source>We will tell you by SMS when the line works. You need not come again.</source>
      <translation>开通结果将以短信通知您，无需再次到店。</translation>
    </message>
    <message>
      <source>Your line is registered.</source>
      <translation>您的号码已完成登记。</translation>
    </message>
    <message>
      <source>Please bring your document to the shop again.</source>
      <translation>请携带证件再次到店办理。</translation>
    </message>
    <message>
      <source>TRAINING: not a real registration</source>
      <translation>培训用，非真实登记</translation>
    </message>
    <message>
      <source>Registration receipt</source>
      <translation>登记回执</translation>
    </message>
    <message>
      <source>COPY {n}</source>
      <translation>补打 {n}</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>业务</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>日期</translation>
    </message>
    <message>
      <source>Outlet</source>
      <translation>网点</translation>
    </message>
    <message>
      <source>Served by</source>
      <translation>工号</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>证件</translation>
    </message>
    <message>
      <source>Document number</source>
      <translation>证件号码</translation>
    </message>
    <message>
      <source>Mobile number</source>
      <translation>手机号码</translation>
    </message>
    <message>
      <source>SIM card (ICCID)</source>
      <translation>SIM 卡（ICCID）</translation>
    </message>
    <message>
      <source>You agreed to</source>
      <translation>您已确认</translation>
    </message>
    <message>
      <source>Questions: call {hotline}</source>
      <translation>咨询电话：{hotline}</translation>
    </message>
    <message>
      <source>Do not lend or sell this SIM card.</source>
      <translation>请勿出租、出借、出售此电话卡。</translation>
    </message>
  </context>
  <context>
    <name>RowsTable</name>
    <message>
      <source>now</source>
      <translation>即将</translation>
    </message>
    <message>
      <source>in {time}</source>
      <translation>{time}后</translation>
    </message>
    <message>
      <source>Needs correction: {reason}</source>
      <translation>需更正：{reason}</translation>
    </message>
    <message>
      <source>Not accepted: {reason}</source>
      <translation>未受理：{reason}</translation>
    </message>
    <message>
      <source>Kept by the carrier, removed from this device</source>
      <translation>运营商已保存，本机已删除</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>号码</translation>
    </message>
    <message>
      <source>Age</source>
      <translation>时长</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message>
      <source>Tries</source>
      <translation>次数</translation>
    </message>
    <message>
      <source>Next try</source>
      <translation>下次上传</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>待上传</translation>
    </message>
    <message>
      <source>Sending</source>
      <translation>正在上传</translation>
    </message>
    <message>
      <source>Received</source>
      <translation>已收到</translation>
    </message>
    <message>
      <source>Being looked at</source>
      <translation>复核中</translation>
    </message>
    <message>
      <source>Accepted</source>
      <translation>已受理</translation>
    </message>
    <message>
      <source>Returned</source>
      <translation>已退回</translation>
    </message>
    <message>
      <source>Not accepted</source>
      <translation>未受理</translation>
    </message>
    <message>
      <source>Set aside</source>
      <translation>已搁置</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>已完成</translation>
    </message>
  </context>
  <context>
    <name>StatusStrip</name>
    <message>
      <source>Link</source>
      <translation>网络</translation>
    </message>
    <message>
      <source>Queue</source>
      <translation>队列</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>摄像头</translation>
    </message>
    <message>
      <source>Clock</source>
      <translation>时钟</translation>
    </message>
    <message>
      <source>Online</source>
      <translation>在线</translation>
    </message>
    <message>
      <source>Offline</source>
      <translation>离线</translation>
    </message>
    <message>
      <source>Refused by the carrier</source>
      <translation>运营商拒绝连接</translation>
    </message>
    <message>
      <source>Not contacted yet</source>
      <translation>尚未联系</translation>
    </message>
    <message numerus="yes">
      <source>%n need(s) you</source>
      <translation>
        <numerusform>%n 笔需处理</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Sending, %n to go</source>
      <translation>
        <numerusform>正在上传，剩余 %n 笔</numerusform>
      </translation>
    </message>
    <message>
      <source>Nothing waits</source>
      <translation>没有待上传</translation>
    </message>
    <message>
      <source>All sent {time}</source>
      <translation>全部已上传 {time}</translation>
    </message>
    <message numerus="yes">
      <source>%n waiting</source>
      <translation>
        <numerusform>%n 笔待上传</numerusform>
      </translation>
    </message>
    <message>
      <source>{waiting}, oldest {age}</source>
      <translation>{waiting}，最早 {age}前</translation>
    </message>
    <message>
      <source>No camera</source>
      <translation>无摄像头</translation>
    </message>
    <message>
      <source>ok, {name}</source>
      <translation>正常，{name}</translation>
    </message>
    <message>
      <source>Clock {off_by}</source>
      <translation>时钟 {off_by}</translation>
    </message>
  </context>
  <context>
    <name>StepBar</name>
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
    <message numerus="yes">
      <source>%n to check</source>
      <translation>
        <numerusform>%n 项待核对</numerusform>
      </translation>
    </message>
    <message>
      <source>done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>not started</source>
      <translation>未开始</translation>
    </message>
  </context>
  <context>
    <name>TrainingBand</name>
    <message>
      <source>TRAINING: nothing here reaches a real carrier</source>
      <translation>培训模式：数据不会发送给真实运营商</translation>
    </message>
  </context>
  <context>
    <name>ValueEdit</name>
    <message>
      <source>long-term</source>
      <translation>长期</translation>
    </message>
  </context>
  <context>
    <name>WaitingPage</name>
    <message>
      <source>Receipt printed</source>
      <translation>回执已打印</translation>
    </message>
    <message>
      <source>Waiting list</source>
      <translation>登记队列</translation>
    </message>
    <message>
      <source>Send now</source>
      <translation>立即上传</translation>
    </message>
    <message>
      <source>Try this one again</source>
      <translation>重试此笔</translation>
    </message>
    <message>
      <source>Print receipt again</source>
      <translation>补打回执</translation>
    </message>
    <message>
      <source>Nothing here</source>
      <translation>这里没有登记</translation>
    </message>
    <message>
      <source>What you register is listed here until the carrier has decided about it.</source>
      <translation>办理的登记会列在这里，直到运营商给出结果。</translation>
    </message>
    <message>
      <source>All</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>待上传</translation>
    </message>
    <message>
      <source>Returned</source>
      <translation>已退回</translation>
    </message>
    <message>
      <source>At the carrier</source>
      <translation>运营商处理中</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>已完成</translation>
    </message>
  </context>
</TS>
