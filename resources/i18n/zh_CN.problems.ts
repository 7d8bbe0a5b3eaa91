<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>Problem</name>
    <message>
      <source>No connection to the carrier ({cause})</source>
      <translation>无法连接运营商（{cause}）</translation>
    </message>
    <message>
      <source>Nothing is lost: what was saved stays on this machine and is sent by itself. You can go on working.</source>
      <translation>未丢失任何内容：已保存的登记仍在本机，会自动上传。可以继续办理。</translation>
    </message>
    <message>
      <source>The carrier is busy</source>
      <translation>运营商系统繁忙</translation>
    </message>
    <message>
      <source>Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation>未丢失任何内容：已保存的登记仍在本机，会自动上传。</translation>
    </message>
    <message>
      <source>Something else answered in place of the carrier ({cause})</source>
      <translation>应答方不是运营商（{cause}）</translation>
    </message>
    <message>
      <source>Often this is the log-in page of a Wi-Fi: open a browser and sign in. Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation>常见原因是 Wi-Fi 登录页：打开浏览器登录即可。未丢失任何内容：已保存的登记仍在本机，会自动上传。</translation>
    </message>
    <message>
      <source>The other end could not prove that it is the carrier ({reason})</source>
      <translation>对方无法证明自己是运营商（{reason}）</translation>
    </message>
    <message>
      <source>Check the date of this computer and the network it uses. Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation>请检查本机日期和所用网络。未丢失任何内容：已保存的登记仍在本机，会自动上传。</translation>
    </message>
    <message>
      <source>The clock of this computer differs from the carrier's</source>
      <translation>本机时钟与运营商时间不一致</translation>
    </message>
    <message>
      <source>The till allows for it by itself. Set the date and time right. Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation>本机会自动修正，请校准日期和时间。未丢失任何内容：已保存的登记仍在本机，会自动上传。</translation>
    </message>
    <message>
      <source>The carrier does not accept this till ({reason})</source>
      <translation>运营商不接受本机（{reason}）</translation>
    </message>
    <message>
      <source>Sending is paused. Call your carrier's service line for shops. Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation>上传已暂停，请致电运营商渠道服务热线。未丢失任何内容：已保存的登记仍在本机，会自动上传。</translation>
    </message>
    <message>
      <source>The answer was not a receipt of the carrier ({reason})</source>
      <translation>收到的应答不是运营商回执（{reason}）</translation>
    </message>
    <message>
      <source>It was not believed. Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation>该应答未被采信。未丢失任何内容：已保存的登记仍在本机，会自动上传。</translation>
    </message>
    <message>
      <source>The answer was not signed by the carrier ({reason})</source>
      <translation>应答没有运营商的有效签名（{reason}）</translation>
    </message>
    <message>
      <source>It was not believed. If this stays, tell your carrier: somebody may interfere. Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation>该应答未被采信。如持续出现，请告知运营商，可能有人干扰。未丢失任何内容：已保存的登记仍在本机，会自动上传。</translation>
    </message>
    <message>
      <source>The carrier holds another registration under this id</source>
      <translation>运营商已有同一编号的其他登记</translation>
    </message>
    <message>
      <source>It was set aside and not deleted. Show it to your supervisor.</source>
      <translation>已搁置，未删除，请交主管查看。</translation>
    </message>
    <message>
      <source>The carrier cannot take this registration ({reason})</source>
      <translation>运营商无法接收此登记（{reason}）</translation>
    </message>
    <message>
      <source>The carrier's answer could not be read ({reason})</source>
      <translation>无法读懂运营商的应答（{reason}）</translation>
    </message>
    <message>
      <source>This file is not an invitation of a carrier ({reason})</source>
      <translation>此文件不是运营商的邀请文件（{reason}）</translation>
    </message>
    <message>
      <source>Ask your carrier for a new invitation file.</source>
      <translation>请向运营商索取新的邀请文件。</translation>
    </message>
    <message>
      <source>The carrier does not accept this invitation ({reason})</source>
      <translation>运营商不接受此邀请（{reason}）</translation>
    </message>
    <message>
      <source>An invitation enrols one till, once. Ask your carrier for a new one.</source>
      <translation>一份邀请只能启用一台设备一次，请向运营商索取新的邀请。</translation>
    </message>
    <message>
      <source>Camera not found</source>
      <translation>未找到摄像头</translation>
    </message>
    <message>
      <source>Plug it in; it is found by itself. Everything typed so far is kept.</source>
      <translation>请插入，系统会自动识别。已录入的内容都会保留。</translation>
    </message>
    <message>
      <source>Camera in use by another program</source>
      <translation>摄像头被其他程序占用</translation>
    </message>
    <message>
      <source>Close the other program, or choose another camera. It is tried again by itself.</source>
      <translation>请关闭其他程序，或选择另一个摄像头。系统会自动重试。</translation>
    </message>
    <message>
      <source>Camera unplugged</source>
      <translation>摄像头已断开</translation>
    </message>
    <message>
      <source>Plug it in again; it goes on by itself. Nothing that was captured is lost.</source>
      <translation>请重新插入，系统会自动继续。已拍摄的内容没有丢失。</translation>
    </message>
    <message>
      <source>No pictures in this video or folder</source>
      <translation>此视频或文件夹中没有图像</translation>
    </message>
    <message>
      <source>Choose a video file, or a folder with JPEG, PNG or BMP pictures.</source>
      <translation>请选择视频文件，或含 JPEG、PNG、BMP 图片的文件夹。</translation>
    </message>
    <message>
      <source>No camera is plugged in</source>
      <translation>未连接摄像头</translation>
    </message>
    <message>
      <source>Plug one in, or let a recording stand in for it: video:FILE or folder:PATH.</source>
      <translation>请接入摄像头，或用录像代替：video:文件 或 folder:文件夹。</translation>
    </message>
    <message>
      <source>There is no camera called {camera}</source>
      <translation>没有名为 {camera} 的摄像头</translation>
    </message>
    <message>
      <source>Plugged in: {names}.</source>
      <translation>已连接：{names}。</translation>
    </message>
    <message>
      <source>There is no such {kind}: {path}</source>
      <translation>找不到 {kind}：{path}</translation>
    </message>
    <message>
      <source>Check the name behind video: or folder:.</source>
      <translation>请核对 video: 或 folder: 后面的名称。</translation>
    </message>
    <message>
      <source>{source} names no camera</source>
      <translation>{source} 不是摄像头</translation>
    </message>
    <message>
      <source>Write device:NAME, video:FILE or folder:PATH.</source>
      <translation>请写成 device:名称、video:文件 或 folder:文件夹。</translation>
    </message>
    <message>
      <source>The files that read documents are missing or damaged</source>
      <translation>证件识别文件缺失或损坏</translation>
    </message>
    <message>
      <source>Run the set-up of this client again, or ask the administrator. Until then everything can be typed.</source>
      <translation>请重新运行安装程序，或联系管理员。在此之前可手工录入。</translation>
    </message>
    <message>
      <source>This file cannot be read as a picture</source>
      <translation>此文件无法作为图片读取</translation>
    </message>
    <message>
      <source>Choose a JPEG, PNG, BMP, TIFF or WebP picture of at most {limit} megapixels.</source>
      <translation>请选择不超过 {limit} 百万像素的 JPEG、PNG、BMP、TIFF 或 WebP 图片。</translation>
    </message>
    <message>
      <source>There is no such file</source>
      <translation>没有这个文件</translation>
    </message>
    <message>
      <source>Check the name and the folder.</source>
      <translation>请核对文件名和所在文件夹。</translation>
    </message>
    <message>
      <source>This is a folder and no picture</source>
      <translation>这是文件夹，不是图片</translation>
    </message>
    <message>
      <source>Choose the pictures in it.</source>
      <translation>请选择其中的图片。</translation>
    </message>
    <message>
      <source>This file may not be read by you</source>
      <translation>您没有读取此文件的权限</translation>
    </message>
    <message>
      <source>Ask its owner for leave to read it, or copy it into a folder of your own.</source>
      <translation>请向文件所有者申请读取权限，或复制到自己的文件夹。</translation>
    </message>
    <message>
      <source>This is no ordinary file</source>
      <translation>这不是普通文件</translation>
    </message>
    <message>
      <source>It is a pipe or a device. Save the picture as a file and choose that.</source>
      <translation>它是管道或设备。请将图片保存为文件后再选择。</translation>
    </message>
    <message>
      <source>This picture is too large</source>
      <translation>图片过大</translation>
    </message>
    <message>
      <source>Choose a picture of at most {limit} megapixels and {megabytes} MB, or save it as JPEG.</source>
      <translation>请选择不超过 {limit} 百万像素、{megabytes} MB 的图片，或另存为 JPEG。</translation>
    </message>
    <message>
      <source>Opening this picture takes too long</source>
      <translation>打开此图片耗时过长</translation>
    </message>
    <message>
      <source>Open it in a picture viewer, make it smaller and save it as JPEG.</source>
      <translation>请用看图软件打开，缩小后另存为 JPEG。</translation>
    </message>
    <message>
      <source>This file is no picture that can be read here</source>
      <translation>此文件不是可读取的图片</translation>
    </message>
    <message>
      <source>Choose a JPEG, PNG, BMP, TIFF, GIF or WebP picture.</source>
      <translation>请选择 JPEG、PNG、BMP、TIFF、GIF 或 WebP 图片。</translation>
    </message>
    <message>
      <source>This file is empty</source>
      <translation>文件是空的</translation>
    </message>
    <message>
      <source>Copy it once more from where it came, or take the picture again.</source>
      <translation>请从原处重新复制，或重新拍摄。</translation>
    </message>
    <message>
      <source>Pictures of this kind (HEIC, AVIF) cannot be read</source>
      <translation>无法读取此类图片（HEIC、AVIF）</translation>
    </message>
    <message>
      <source>Save the picture as JPEG. A telephone does so by itself where its camera is set to the most compatible format.</source>
      <translation>请另存为 JPEG。将手机相机格式设为“兼容性最佳”后，手机会直接保存为 JPEG。</translation>
    </message>
    <message>
      <source>This is a PDF and no picture</source>
      <translation>这是 PDF，不是图片</translation>
    </message>
    <message>
      <source>Save its page as a JPEG or PNG picture, or photograph the document itself.</source>
      <translation>请将页面另存为 JPEG 或 PNG 图片，或直接拍摄证件。</translation>
    </message>
    <message>
      <source>This is a drawing (SVG) and no picture</source>
      <translation>这是矢量图（SVG），不是照片</translation>
    </message>
    <message>
      <source>Save it as a PNG picture, or photograph the document itself.</source>
      <translation>请另存为 PNG 图片，或直接拍摄证件。</translation>
    </message>
    <message>
      <source>Pictures cannot be opened on this computer at present</source>
      <translation>本机暂时无法打开图片</translation>
    </message>
    <message>
      <source>The files are not at fault. Close other programs and try again; if it stays so, start this computer anew.</source>
      <translation>文件没有问题。请关闭其他程序后重试；如仍不行，请重新启动计算机。</translation>
    </message>
    <message>
      <source>No document was recognised in this picture</source>
      <translation>图片中未识别出证件</translation>
    </message>
    <message>
      <source>Photograph the whole document, flat, sharp and in even light. `pos-client documents list` names the kinds that can be read.</source>
      <translation>请将证件放平、完整、清晰、光线均匀地拍摄。可读取的证件类型见 `pos-client documents list`。</translation>
    </message>
    <message>
      <source>This picture is too small to be read</source>
      <translation>图片太小，无法识别</translation>
    </message>
    <message>
      <source>Choose the picture as it was taken and not a small copy of it.</source>
      <translation>请选择原始照片，不要使用缩略图。</translation>
    </message>
    <message>
      <source>The description of a document kind is wrong</source>
      <translation>证件类型说明文件有误</translation>
    </message>
    <message>
      <source>{file}, at {where}: {message}. Correct the file, or install the client again.</source>
      <translation>{file}，{where} 处：{message}。请更正文件，或重新安装客户端。</translation>
    </message>
    <message>
      <source>There is no document kind called {kind}</source>
      <translation>没有名为 {kind} 的证件类型</translation>
    </message>
    <message>
      <source>`pos-client documents list` names the kinds there are; nothing was read.</source>
      <translation>可用 `pos-client documents list` 查看现有类型；尚未识别任何文件。</translation>
    </message>
    <message>
      <source>Number or PIN is not right ({tries_left} tries left)</source>
      <translation>工号或 PIN 不正确（还可输入 {tries_left} 次）</translation>
    </message>
    <message>
      <source>Try again. A supervisor can give you a new PIN.</source>
      <translation>请重试。主管可以为你重设 PIN。</translation>
    </message>
    <message>
      <source>Too many wrong PINs: wait {seconds} seconds</source>
      <translation>PIN 输错次数过多，请等待 {seconds} 秒</translation>
    </message>
    <message>
      <source>Drafts and saved registrations are safe meanwhile.</source>
      <translation>草稿和已保存的登记不受影响。</translation>
    </message>
    <message>
      <source>The computer's key store is not the one this till was set up with ({recorded})</source>
      <translation>本机密钥库与启用时的不一致（{recorded}）</translation>
    </message>
    <message>
      <source>Sign in to the computer as the same user as before. If that does not help, the carrier can: see 'PIN or keys lost?'. Sealed registrations are not lost; delete nothing.</source>
      <translation>请用原来的系统用户登录。若仍不行，运营商可以帮助：见“PIN 或密钥丢失？”。已封存的登记没有丢失，不要删除任何文件。</translation>
    </message>
    <message>
      <source>The computer's key store does not answer</source>
      <translation>本机密钥库无响应</translation>
    </message>
    <message>
      <source>Unlock the computer's key store and try again.</source>
      <translation>请解锁本机密钥库后重试。</translation>
    </message>
    <message>
      <source>The till's key file is damaged</source>
      <translation>本机密钥文件已损坏</translation>
    </message>
    <message>
      <source>Sealed registrations are not lost. Call your supervisor, delete nothing.</source>
      <translation>已封存的登记没有丢失。请联系主管，不要删除任何文件。</translation>
    </message>
    <message>
      <source>The PIN needs at least {least} digits</source>
      <translation>PIN 至少需要 {least} 位数字</translation>
    </message>
    <message>
      <source>Choose a longer one. Digits only.</source>
      <translation>请设置更长的 PIN，只用数字。</translation>
    </message>
    <message>
      <source>There is already an operator {number}</source>
      <translation>工号 {number} 已存在</translation>
    </message>
    <message>
      <source>Choose another number.</source>
      <translation>请选择其他工号。</translation>
    </message>
    <message>
      <source>This till is already enrolled</source>
      <translation>本机已启用</translation>
    </message>
    <message>
      <source>Sign in. A supervisor can add operators.</source>
      <translation>请登录。主管可以添加操作员。</translation>
    </message>
    <message>
      <source>This till is not enrolled yet</source>
      <translation>本机尚未启用</translation>
    </message>
    <message>
      <source>Open the invitation file from your carrier.</source>
      <translation>请打开运营商提供的邀请文件。</translation>
    </message>
    <message>
      <source>The till's enrolment file is damaged</source>
      <translation>本机启用文件已损坏</translation>
    </message>
    <message>
      <source>Something went wrong</source>
      <translation>出现问题</translation>
    </message>
    <message>
      <source>The store on this computer cannot be opened</source>
      <translation>无法打开本机数据库</translation>
    </message>
    <message>
      <source>Check that the disk is there and that this user may write to it, then start again.</source>
      <translation>请确认磁盘可用且当前用户有写入权限，然后重新启动。</translation>
    </message>
    <message>
      <source>The disk is full</source>
      <translation>磁盘空间不足</translation>
    </message>
    <message>
      <source>Nothing that was saved is lost. Free some space, then try again.</source>
      <translation>已保存的内容没有丢失。请释放空间后重试。</translation>
    </message>
    <message>
      <source>The disk could not be read or written</source>
      <translation>磁盘读写失败</translation>
    </message>
    <message>
      <source>Nothing that was saved is lost. Try again; if it stays, have the computer looked at.</source>
      <translation>已保存的内容没有丢失。请重试；如仍出现，请检修本机。</translation>
    </message>
    <message>
      <source>The store on this computer is damaged</source>
      <translation>本机数据库已损坏</translation>
    </message>
    <message>
      <source>Do not delete anything: sealed registrations are kept beside the store and can be taken over into a new one. Call your supervisor.</source>
      <translation>不要删除任何文件：已封存的登记另有保存，可移入新的数据库。请联系主管。</translation>
    </message>
    <message>
      <source>The key does not open the store</source>
      <translation>密钥无法打开数据库</translation>
    </message>
    <message>
      <source>The store may come from another computer. Call your supervisor; delete nothing.</source>
      <translation>数据库可能来自其他电脑。请联系主管，不要删除任何文件。</translation>
    </message>
    <message>
      <source>The store is busy</source>
      <translation>数据库正忙</translation>
    </message>
    <message>
      <source>Wait a moment and try again.</source>
      <translation>请稍候重试。</translation>
    </message>
    <message>
      <source>The store was written by a newer version of this program ({found}, here {known})</source>
      <translation>数据库由更新的程序版本写入（{found}，本机 {known}）</translation>
    </message>
    <message>
      <source>Install the newer version again. Nothing was changed and nothing is lost.</source>
      <translation>请重新安装较新的版本。没有任何更改或丢失。</translation>
    </message>
    <message>
      <source>The store is not encrypted</source>
      <translation>数据库未加密</translation>
    </message>
    <message>
      <source>It was not made by this program and is not used. Call your supervisor.</source>
      <translation>它不是由本程序创建的，未被使用。请联系主管。</translation>
    </message>
    <message>
      <source>The encryption of the store is not installed</source>
      <translation>未安装数据库加密组件</translation>
    </message>
    <message>
      <source>Install this program again. Nothing was written.</source>
      <translation>请重新安装本程序。没有写入任何内容。</translation>
    </message>
    <message>
      <source>This till is already open in another window</source>
      <translation>本机程序已在另一个窗口打开</translation>
    </message>
    <message>
      <source>Use the window that is open, or close it first.</source>
      <translation>请使用已打开的窗口，或先将其关闭。</translation>
    </message>
    <message>
      <source>A sealed packet is damaged ({reason})</source>
      <translation>一个封存包已损坏（{reason}）</translation>
    </message>
    <message>
      <source>A sealed packet is missing</source>
      <translation>缺少一个封存包</translation>
    </message>
    <message>
      <source>It was set aside in the waiting list. Show it to your supervisor.</source>
      <translation>已在登记队列中搁置，请交主管查看。</translation>
    </message>
    <message>
      <source>This registration was already saved with other content</source>
      <translation>此登记已以其他内容保存过</translation>
    </message>
    <message>
      <source>The first one counts. Look for it in the waiting list.</source>
      <translation>以第一次保存的为准，请在登记队列中查看。</translation>
    </message>
    <message>
      <source>Another registration was saved in between</source>
      <translation>期间保存了另一笔登记</translation>
    </message>
    <message>
      <source>Submit once more.</source>
      <translation>请再次提交。</translation>
    </message>
    <message>
      <source>The carrier's receipt belongs to another packet</source>
      <translation>运营商回执属于另一个封存包</translation>
    </message>
    <message>
      <source>The registration stays in the queue and will be sent again by itself.</source>
      <translation>登记仍在队列中，会自动重新上传。</translation>
    </message>
    <message>
      <source>The registration has moved on meanwhile (it is {state})</source>
      <translation>登记状态已变化（现为 {state}）</translation>
    </message>
    <message>
      <source>Look at the waiting list for where it stands now.</source>
      <translation>请在登记队列中查看当前状态。</translation>
    </message>
    <message>
      <source>This registration is not known here</source>
      <translation>本机没有此登记</translation>
    </message>
    <message>
      <source>It may have been made on another till.</source>
      <translation>它可能是在其他设备上办理的。</translation>
    </message>
    <message>
      <source>This registration was already submitted</source>
      <translation>此登记已提交</translation>
    </message>
    <message>
      <source>Start a new one for changes.</source>
      <translation>如需更改，请新建登记。</translation>
    </message>
    <message>
      <source>This draft belongs to another operator</source>
      <translation>此草稿属于其他操作员</translation>
    </message>
    <message>
      <source>Only who began it can go on with it.</source>
      <translation>只有创建者可以继续办理。</translation>
    </message>
    <message>
      <source>The packet does not carry this till's signature</source>
      <translation>封存包没有本机签名</translation>
    </message>
    <message>
      <source>It was not taken. Sign in again and submit once more.</source>
      <translation>未被接收。请重新登录后再次提交。</translation>
    </message>
    <message>
      <source>The policy pack cannot be used: {key}: {reason}</source>
      <translation>规则包无法使用：{key}：{reason}</translation>
    </message>
    <message>
      <source>Nothing was changed; the pack in force stays. Tell your supervisor this line.</source>
      <translation>没有任何更改，现行规则包继续有效。请将此行告知主管。</translation>
    </message>
    <message>
      <source>Training and real service must not be mixed</source>
      <translation>培训与正式业务不能混用</translation>
    </message>
    <message>
      <source>Nothing was sent. Ask your supervisor for the invitation that belongs to this till.</source>
      <translation>没有发送任何内容。请向主管索取本机对应的邀请文件。</translation>
    </message>
    <message>
      <source>This is another kind of document than the one chosen</source>
      <translation>证件类型与所选不符</translation>
    </message>
    <message>
      <source>Show the chosen document, or choose the kind that lies under the camera.</source>
      <translation>请出示所选证件，或改选摄像头下的证件类型。</translation>
    </message>
    <message>
      <source>No document was recognised</source>
      <translation>未识别到证件</translation>
    </message>
    <message>
      <source>Show the card once more, or choose the document and type the fields.</source>
      <translation>请再次出示证件，或选择证件类型后手工录入。</translation>
    </message>
    <message>
      <source>The chosen document has no such field</source>
      <translation>所选证件没有此项</translation>
    </message>
    <message>
      <source>Choose the document again; what was typed so far is kept.</source>
      <translation>请重新选择证件类型，已录入的内容会保留。</translation>
    </message>
    <message>
      <source>The registration is not complete ({rules})</source>
      <translation>登记尚未完成（{rules}）</translation>
    </message>
    <message>
      <source>The list on the review page says what is still needed. Nothing was lost.</source>
      <translation>复核页列出了尚缺的内容，没有任何丢失。</translation>
    </message>
    <message>
      <source>A saved draft cannot be opened ({reason})</source>
      <translation>无法打开已保存的草稿（{reason}）</translation>
    </message>
    <message>
      <source>Start this registration again; the customer's other registrations are safe.</source>
      <translation>请重新办理此笔登记，客户的其他登记不受影响。</translation>
    </message>
    <message>
      <source>The pictures are too large: {mb} MB, the limit is {limit} MB</source>
      <translation>图片过大：{mb} MB，上限 {limit} MB</translation>
    </message>
    <message>
      <source>Take the pictures once more with a smaller camera setting.</source>
      <translation>请调低摄像头分辨率后重新拍摄。</translation>
    </message>
    <message>
      <source>The carrier's key cannot be used</source>
      <translation>运营商密钥无法使用</translation>
    </message>
    <message>
      <source>The draft is kept. Ask your supervisor to enrol this till again.</source>
      <translation>草稿已保留。请主管重新启用本机。</translation>
    </message>
    <message>
      <source>Nobody is signed in</source>
      <translation>尚未登录</translation>
    </message>
    <message>
      <source>Sign in with your number and PIN. Drafts are kept.</source>
      <translation>请用工号和 PIN 登录，草稿已保留。</translation>
    </message>
    <message>
      <source>New registrations are paused: {n} are waiting (limit {max})</source>
      <translation>已暂停新登记：待上传 {n} 笔（上限 {max} 笔）</translation>
    </message>
    <message>
      <source>Connect this computer to the network. What was saved stays saved and is sent first.</source>
      <translation>请将本机联网。已保存的登记会保留并优先上传。</translation>
    </message>
    <message>
      <source>New registrations are paused: nothing could be sent for {days} days (limit {max})</source>
      <translation>已暂停新登记：已有 {days} 天无法上传（上限 {max} 天）</translation>
    </message>
    <message>
      <source>The receipt is no longer kept on this computer</source>
      <translation>本机已不再保存此回执</translation>
    </message>
    <message>
      <source>The carrier keeps the registration. Ask the hotline with the receipt number.</source>
      <translation>登记由运营商保存，可凭回执编号咨询热线。</translation>
    </message>
    <message>
      <source>The settings file cannot be used: {reason}</source>
      <translation>设置文件无法使用：{reason}</translation>
    </message>
    <message>
      <source>Correct the file {file} or remove it; nothing that was registered is affected.</source>
      <translation>请更正或移除文件 {file}，已有登记不受影响。</translation>
    </message>
    <message>
      <source>The receipt could not be written</source>
      <translation>回执文件无法写入</translation>
    </message>
    <message>
      <source>The registration is safe. Print the receipt later from the waiting list.</source>
      <translation>登记已安全保存，可稍后从登记队列补打回执。</translation>
    </message>
    <message>
      <source>The invitation file could not be read</source>
      <translation>无法读取邀请文件</translation>
    </message>
    <message>
      <source>Nothing was changed. Choose the file that the carrier sent for this till.</source>
      <translation>没有任何更改。请选择运营商为本机提供的文件。</translation>
    </message>
    <message>
      <source>This draft is no longer kept</source>
      <translation>此草稿已不再保存</translation>
    </message>
    <message>
      <source>It was submitted, discarded or is too old. Start a new registration.</source>
      <translation>它已提交、已放弃或已过期，请新建登记。</translation>
    </message>
    <message>
      <source>This program made a mistake</source>
      <translation>程序出现问题</translation>
    </message>
    <message>
      <source>What was saved is safe. Try the same again. If it comes back, close this window, open it again and tell your administrator.</source>
      <translation>已保存的内容没有丢失。请重试；如再次出现，请关闭并重新打开窗口，并告知管理员。</translation>
    </message>
  </context>
</TS>
