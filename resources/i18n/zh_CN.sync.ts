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
    <message>
      <source>This file holds no receipts of a carrier ({reason})</source>
      <translation>此文件不含运营商回执（{reason}）</translation>
    </message>
    <message>
      <source>Nothing was changed. Copy the file once more, or ask the carrier for a new one.</source>
      <translation>未做任何更改。请重新复制文件，或向运营商索取新文件。</translation>
    </message>
    <message>
      <source>There is nothing to correct here</source>
      <translation>此处没有可更正的登记</translation>
    </message>
    <message>
      <source>Only a registration that the carrier returned can be corrected, by one new one.</source>
      <translation>只有被运营商退回的登记可以更正，且只能更正一次。</translation>
    </message>
    <message>
      <source>The stick cannot be used ({reason})</source>
      <translation>无法使用此 U 盘（{reason}）</translation>
    </message>
    <message>
      <source>Nothing was changed on this computer. Try another stick, or another folder on it.</source>
      <translation>本机未做任何更改。请换一个 U 盘或换一个文件夹再试。</translation>
    </message>
    <message>
      <source>This file holds neither registrations nor receipts</source>
      <translation>此文件既不含登记也不含回执</translation>
    </message>
    <message>
      <source>Choose the file that the other till or the carrier wrote. Nothing was changed.</source>
      <translation>请选择另一台设备或运营商写出的文件。未做任何更改。</translation>
    </message>
  </context>
  <context>
    <name>Returned</name>
    <message>
      <source>The picture cannot be read</source>
      <translation>图片无法辨认</translation>
    </message>
    <message>
      <source>A side of the document is missing</source>
      <translation>缺少证件的一面</translation>
    </message>
    <message>
      <source>The document is no longer valid</source>
      <translation>证件已过期</translation>
    </message>
    <message>
      <source>This document is not accepted</source>
      <translation>不接受此类证件</translation>
    </message>
    <message>
      <source>A value differs from the picture</source>
      <translation>填写内容与图片不一致</translation>
    </message>
    <message>
      <source>The name differs from the document</source>
      <translation>姓名与证件不一致</translation>
    </message>
    <message>
      <source>The portrait is not the customer</source>
      <translation>证件照片与客户不符</translation>
    </message>
    <message>
      <source>The SIM card does not belong to this number</source>
      <translation>SIM 卡与号码不匹配</translation>
    </message>
    <message>
      <source>The customer has not agreed to a notice</source>
      <translation>客户未同意某项告知</translation>
    </message>
    <message>
      <source>The customer has too many lines already</source>
      <translation>客户名下号码已达上限</translation>
    </message>
    <message>
      <source>the portrait side</source>
      <translation>人像面</translation>
    </message>
    <message>
      <source>the emblem side</source>
      <translation>国徽面</translation>
    </message>
    <message>
      <source>the data page</source>
      <translation>资料页</translation>
    </message>
    <message>
      <source>the name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>the surname</source>
      <translation>姓</translation>
    </message>
    <message>
      <source>the given names</source>
      <translation>名</translation>
    </message>
    <message>
      <source>the address</source>
      <translation>住址</translation>
    </message>
    <message>
      <source>the document number</source>
      <translation>证件号码</translation>
    </message>
    <message>
      <source>the date of birth</source>
      <translation>出生日期</translation>
    </message>
    <message>
      <source>the date of expiry</source>
      <translation>有效期</translation>
    </message>
    <message>
      <source>the SIM card</source>
      <translation>SIM 卡</translation>
    </message>
    <message>
      <source>the phone number</source>
      <translation>手机号码</translation>
    </message>
    <message>
      <source>the notices</source>
      <translation>告知书</translation>
    </message>
  </context>
  <context>
    <name>RowStory</name>
    <message>
      <source>{cause}. {coming}</source>
      <translation>{cause}。{coming}</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>经过</translation>
    </message>
    <message>
      <source>What happens next</source>
      <translation>接下来</translation>
    </message>
    <message>
      <source>Sealed and saved on this device</source>
      <translation>已在本机加密保存</translation>
    </message>
    <message>
      <source>Sent on its way to the carrier</source>
      <translation>已向运营商发送</translation>
    </message>
    <message>
      <source>Set aside for somebody to look at</source>
      <translation>已搁置，等待人工查看</translation>
    </message>
    <message>
      <source>Put back to be sent</source>
      <translation>已放回待发送队列</translation>
    </message>
    <message>
      <source>Copied to a stick</source>
      <translation>已复制到 U 盘</translation>
    </message>
    <message>
      <source>The carrier has it; its receipt was checked</source>
      <translation>运营商已收到，回执已验证</translation>
    </message>
    <message>
      <source>The carrier looks at it more closely</source>
      <translation>运营商正在进一步审核</translation>
    </message>
    <message>
      <source>Accepted by the carrier</source>
      <translation>运营商已通过</translation>
    </message>
    <message>
      <source>Returned by the carrier</source>
      <translation>运营商已退回</translation>
    </message>
    <message>
      <source>Refused by the carrier</source>
      <translation>运营商已拒绝</translation>
    </message>
    <message>
      <source>Corrected by a new registration</source>
      <translation>已由新登记更正</translation>
    </message>
    <message>
      <source>Its data were removed from this device</source>
      <translation>数据已从本机删除</translation>
    </message>
    <message>
      <source>The last labels were removed from this device</source>
      <translation>最后的标识已从本机删除</translation>
    </message>
    <message>
      <source>It is on its way now.</source>
      <translation>正在发送。</translation>
    </message>
    <message>
      <source>The carrier decides. The result comes here by itself.</source>
      <translation>等待运营商决定，结果会自动显示。</translation>
    </message>
    <message>
      <source>People at the carrier decide. The result comes here by itself.</source>
      <translation>运营商人工审核中，结果会自动显示。</translation>
    </message>
    <message>
      <source>Nothing more is to be done.</source>
      <translation>无需再做任何事。</translation>
    </message>
    <message>
      <source>{why}. The carrier will not take it; tell the customer, and your supervisor.</source>
      <translation>{why}。运营商不会受理；请告知客户和主管。</translation>
    </message>
    <message>
      <source>{cause}. Nothing is lost. Show it to your supervisor; Ctrl+Enter tries once more.</source>
      <translation>{cause}。未丢失任何内容。请交主管查看；Ctrl+Enter 可再试一次。</translation>
    </message>
    <message>
      <source>Nothing. The carrier keeps the registration.</source>
      <translation>无。登记由运营商保存。</translation>
    </message>
    <message>
      <source>It was corrected by registration {id}.</source>
      <translation>已由登记 {id} 更正。</translation>
    </message>
    <message>
      <source>{why}. Ask the customer to come again; Ctrl+K starts the correction. Take care of {about}.</source>
      <translation>{why}。请客户再来一次；按 Ctrl+K 开始更正。请留意{about}。</translation>
    </message>
    <message>
      <source>{why}. Ask the customer to come again; Ctrl+K starts the correction.</source>
      <translation>{why}。请客户再来一次；按 Ctrl+K 开始更正。</translation>
    </message>
    <message>
      <source>It is sent by itself as soon as the carrier can be reached.</source>
      <translation>一旦能连接运营商就会自动上传。</translation>
    </message>
    <message>
      <source>It is sent by itself; the next try is in {time}.</source>
      <translation>会自动上传；{time}后再试。</translation>
    </message>
    <message numerus="yes">
      <source>Tried to send it %n time(s)</source>
      <translation>
        <numerusform>尝试发送 %n 次</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RowsTable</name>
    <message>
      <source>Corrected</source>
      <translation>已更正</translation>
    </message>
  </context>
  <context>
    <name>SetUpPage</name>
    <message>
      <source>Once for each computer. You need the carrier's invitation: a file, or its QR code read into this line with a scanner.</source>
      <translation>每台电脑只需一次。需要运营商的邀请：邀请文件，或用扫码枪把邀请二维码读入此行。</translation>
    </message>
    <message>
      <source>Invitation file or code</source>
      <translation>邀请文件或邀请码</translation>
    </message>
  </context>
  <context>
    <name>StatusStrip</name>
    <message>
      <source>Waiting for the carrier's approval</source>
      <translation>等待运营商批准</translation>
    </message>
  </context>
  <context>
    <name>Sticks</name>
    <message>
      <source>Copy what waits to a stick</source>
      <translation>将待发送的登记复制到 U 盘</translation>
    </message>
    <message>
      <source>Take in registrations or receipts from a stick</source>
      <translation>从 U 盘读入登记或回执</translation>
    </message>
    <message>
      <source>{size}, sealed. Take the stick to a till with a network, or to the carrier. They stay here until the carrier's receipts come back.</source>
      <translation>{size}，已加密。请将 U 盘带到有网络的设备或运营商处。收到运营商回执前，登记仍保留在本机。</translation>
    </message>
    <message>
      <source>They are sent from here by themselves.</source>
      <translation>它们会从本机自动上传。</translation>
    </message>
    <message>
      <source>{known} were closed before.</source>
      <translation>其中 {known} 份此前已结束。</translation>
    </message>
    <message>
      <source>The file was cut; copy it once more.</source>
      <translation>文件不完整，请重新复制。</translation>
    </message>
    <message numerus="yes">
      <source>%n registration(s) copied</source>
      <translation>
        <numerusform>已复制 %n 份登记</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n registration(s) of another till taken in</source>
      <translation>
        <numerusform>已读入另一台设备的 %n 份登记</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n registration(s) closed by receipts</source>
      <translation>
        <numerusform>%n 份登记已由回执结束</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entry(ies) were not believed.</source>
      <translation>
        <numerusform>%n 条未被采信。</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>WaitingPage</name>
    <message>
      <source>Correct it</source>
      <translation>更正</translation>
    </message>
    <message>
      <source>To a stick</source>
      <translation>存到 U 盘</translation>
    </message>
    <message>
      <source>From a stick</source>
      <translation>从 U 盘读入</translation>
    </message>
  </context>
  <context>
    <name>StatusStrip</name>
    <message>
      <source>{to_go}, about {left} at {rate}/s</source>
      <translation>{to_go}，约 {left}（{rate}/s）</translation>
    </message>
    <message numerus="yes">
      <source>%n waiting, this line is metered</source>
      <translation>
        <numerusform>%n 笔待上传，当前网络按流量计费</numerusform>
      </translation>
    </message>
  </context>
</TS>
