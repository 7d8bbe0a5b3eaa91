<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>Header</name>
    <message>
      <source>Operators and PINs</source>
      <translation>人员与 PIN</translation>
    </message>
  </context>
  <context>
    <name>Keys</name>
    <message>
      <source>Operators and PINs</source>
      <translation>人员与 PIN</translation>
    </message>
  </context>
  <context>
    <name>Problem</name>
    <message>
      <source>Too many wrong PINs: this number needs a new one</source>
      <translation>PIN 输错次数过多，该工号需要新的 PIN</translation>
    </message>
    <message>
      <source>A supervisor can give you a new PIN (Operators and PINs). Drafts are safe meanwhile.</source>
      <translation>主管可为你重设 PIN（人员与 PIN）。草稿不受影响。</translation>
    </message>
    <message>
      <source>There is no operator {number} on this till</source>
      <translation>本机没有操作员 {number}</translation>
    </message>
    <message>
      <source>Look at the list of operators.</source>
      <translation>请查看操作员列表。</translation>
    </message>
    <message>
      <source>The last administrator cannot be removed</source>
      <translation>不能移除最后一位管理员</translation>
    </message>
    <message>
      <source>Add another administrator first.</source>
      <translation>请先添加另一位管理员。</translation>
    </message>
    <message>
      <source>The carrier's key cannot be used</source>
      <translation>运营商密钥无法使用</translation>
    </message>
    <message>
      <source>Ask your carrier for a new invitation file. Nothing was changed.</source>
      <translation>请向运营商索取新的邀请文件。未作任何更改。</translation>
    </message>
    <message>
      <source>This takes another role than yours ({role})</source>
      <translation>你的角色无权执行此操作（需要：{role}）</translation>
    </message>
    <message>
      <source>Ask your supervisor to sign in. Nothing was changed.</source>
      <translation>请让主管登录。未作任何更改。</translation>
    </message>
    <message>
      <source>You cannot remove yourself</source>
      <translation>不能移除自己</translation>
    </message>
    <message>
      <source>Let another administrator do it.</source>
      <translation>请由另一位管理员操作。</translation>
    </message>
    <message>
      <source>This registration was made by somebody else</source>
      <translation>这笔登记由他人办理</translation>
    </message>
    <message>
      <source>Its author or a supervisor can look at it.</source>
      <translation>只有办理人或主管可以查看。</translation>
    </message>
    <message>
      <source>New registrations are paused: the disk of this computer is nearly full</source>
      <translation>暂停新登记：本机磁盘即将用满</translation>
    </message>
    <message>
      <source>What was saved stays saved and is sent. Free some space on this computer, or connect it: what the carrier has received leaves the disk.</source>
      <translation>已保存的登记不会丢失，会继续上传。请清理本机磁盘空间，或连接网络：运营商收妥后会自动腾出空间。</translation>
    </message>
    <message>
      <source>This till has no way back through the carrier</source>
      <translation>本机没有经由运营商的恢复途径</translation>
    </message>
    <message>
      <source>Sealed registrations are not lost: hand their files to the carrier, then enrol anew. Delete nothing.</source>
      <translation>已密封的登记不会丢失：请将其文件交给运营商，然后重新注册本机。请勿删除任何内容。</translation>
    </message>
    <message>
      <source>This answer of the carrier does not belong to this till's last request</source>
      <translation>运营商的答复与本机最近一次请求不符</translation>
    </message>
    <message>
      <source>Make a new request and send it to the carrier.</source>
      <translation>请重新生成请求并发给运营商。</translation>
    </message>
    <message>
      <source>The carrier's answer does not open</source>
      <translation>运营商的答复无法打开</translation>
    </message>
    <message>
      <source>Use the PIN that was chosen for the request, or make a new request.</source>
      <translation>请使用生成请求时设定的 PIN，或重新生成请求。</translation>
    </message>
    <message>
      <source>Signing in without the carrier has expired (no contact for {days} days)</source>
      <translation>离线登录已过期（已 {days} 天未与运营商联系）</translation>
    </message>
    <message>
      <source>Connect this computer to the network and let a supervisor sign in. What was saved is safe.</source>
      <translation>请将本机连接网络，并由主管登录。已保存的内容没有丢失。</translation>
    </message>
    <message>
      <source>This till has been without its carrier for too long ({days} days)</source>
      <translation>本机与运营商失联过久（{days} 天）</translation>
    </message>
    <message>
      <source>Drafts and labels were erased, as the policy wants it. Sealed registrations are safe and are sent when the network is back. An administrator has to sign in.</source>
      <translation>按规定已清除草稿和标签。已密封的登记没有丢失，网络恢复后会上传。须由管理员登录。</translation>
    </message>
    <message>
      <source>The carrier has had this till erased</source>
      <translation>运营商已下令清除本机</translation>
    </message>
    <message>
      <source>Sealed registrations are still sent. Ask your carrier; the till can be enrolled anew.</source>
      <translation>已密封的登记仍会上传。请联系运营商；本机可以重新注册。</translation>
    </message>
    <message>
      <source>A second person has to look at this ({rules})</source>
      <translation>此项须由第二人复核（{rules}）</translation>
    </message>
    <message>
      <source>Ask a supervisor to decide here with their own number and PIN. The draft is saved.</source>
      <translation>请主管在本机用自己的工号和 PIN 作出决定。草稿已保存。</translation>
    </message>
    <message>
      <source>You cannot approve what you began yourself</source>
      <translation>不能复核自己办理的登记</translation>
    </message>
    <message>
      <source>Ask another supervisor.</source>
      <translation>请另一位主管复核。</translation>
    </message>
  </context>
  <context>
    <name>StaffPage</name>
    <message>
      <source>Changing the keys of this till</source>
      <translation>正在更换本机密钥</translation>
    </message>
    <message>
      <source>Who may work at this till</source>
      <translation>可在本机办理的人员</translation>
    </message>
    <message>
      <source>Operator number</source>
      <translation>工号</translation>
    </message>
    <message>
      <source>Role</source>
      <translation>角色</translation>
    </message>
    <message>
      <source>New PIN, six digits or more</source>
      <translation>新 PIN（至少六位数字）</translation>
    </message>
    <message>
      <source>Your PIN until now</source>
      <translation>你的原 PIN</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>添加</translation>
    </message>
    <message>
      <source>Give a new PIN</source>
      <translation>重设 PIN</translation>
    </message>
    <message>
      <source>Change my own PIN</source>
      <translation>修改我的 PIN</translation>
    </message>
    <message>
      <source>Really remove {number}</source>
      <translation>确定移除 {number}</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Operator</source>
      <translation>操作员</translation>
    </message>
    <message>
      <source>Supervisor</source>
      <translation>主管</translation>
    </message>
    <message>
      <source>Administrator</source>
      <translation>管理员</translation>
    </message>
  </context>
  <context>
    <name>Staffing</name>
    <message>
      <source>{number} may sign in now</source>
      <translation>{number} 现在可以登录</translation>
    </message>
    <message>
      <source>{number} is shut out</source>
      <translation>{number} 已被移除</translation>
    </message>
    <message>
      <source>{number} has a new PIN</source>
      <translation>{number} 已有新 PIN</translation>
    </message>
    <message>
      <source>Your PIN was changed</source>
      <translation>你的 PIN 已修改</translation>
    </message>
  </context>
  <context>
    <name>StatusStrip</name>
    <message>
      <source>Disk</source>
      <translation>磁盘</translation>
    </message>
    <message>
      <source>Disk full: no new registrations</source>
      <translation>磁盘已满：不能新登记</translation>
    </message>
    <message numerus="yes">
      <source>Room for about %n registration(s)</source>
      <translation>
        <numerusform>还可保存约 %n 笔</numerusform>
      </translation>
    </message>
  </context>
</TS>
