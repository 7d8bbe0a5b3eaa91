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
  <context>
    <name>CameraCheckPage</name>
    <message>
      <source>Camera for cards</source>
      <translation>拍摄证件的摄像头</translation>
    </message>
    <message>
      <source>Camera for people</source>
      <translation>拍摄人像的摄像头</translation>
    </message>
    <message>
      <source>Print the test card once, and hold it where customers' cards are held.</source>
      <translation>打印一次测试卡，放在平时拍摄证件的位置。</translation>
    </message>
    <message>
      <source>Hold the test card in front of the camera</source>
      <translation>请将测试卡放到摄像头前</translation>
    </message>
    <message>
      <source>Check again (F3)</source>
      <translation>重新检查（F3）</translation>
    </message>
    <message>
      <source>Print the test card (Ctrl+P)</source>
      <translation>打印测试卡（Ctrl+P）</translation>
    </message>
    <message>
      <source>The test card lies here: {file}</source>
      <translation>测试卡已保存到：{file}</translation>
    </message>
    <message>
      <source>{title}. {advice}</source>
      <translation>{title}。{advice}</translation>
    </message>
    <message>
      <source>Print it at 100 %, unscaled.</source>
      <translation>请按 100% 打印，不要缩放。</translation>
    </message>
    <message>
      <source>{name} (not plugged in)</source>
      <translation>{name}（未连接）</translation>
    </message>
    <message>
      <source>Not checked yet</source>
      <translation>尚未检查</translation>
    </message>
    <message>
      <source>{grade}: {camera}, {mode}</source>
      <translation>{grade}：{camera}，{mode}</translation>
    </message>
    <message>
      <source>Resolution</source>
      <translation>分辨率</translation>
    </message>
    <message>
      <source>Sharpness</source>
      <translation>清晰度</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>光线</translation>
    </message>
    <message>
      <source>Grain</source>
      <translation>噪点</translation>
    </message>
    <message>
      <source>Colour</source>
      <translation>颜色</translation>
    </message>
    <message>
      <source>Speed</source>
      <translation>速度</translation>
    </message>
    <message>
      <source>Good</source>
      <translation>好</translation>
    </message>
    <message>
      <source>Will do</source>
      <translation>可用</translation>
    </message>
    <message>
      <source>Too little</source>
      <translation>不足</translation>
    </message>
  </context>
  <context>
    <name>Keys</name>
    <message>
      <source>Camera check</source>
      <translation>摄像头检查</translation>
    </message>
  </context>
  <context>
    <name>Header</name>
    <message>
      <source>Camera check</source>
      <translation>摄像头检查</translation>
    </message>
  </context>
  <context>
    <name>Problem</name>
    <message>
      <source>The card is too small in the picture</source>
      <translation>画面中的证件太小</translation>
    </message>
    <message>
      <source>Bring it closer, or use a camera with more pixels.</source>
      <translation>请靠近一点，或换用像素更高的摄像头。</translation>
    </message>
    <message>
      <source>The picture is not sharp</source>
      <translation>画面不清晰</translation>
    </message>
    <message>
      <source>Wipe the lens, and find the distance at which the finest lines stand apart.</source>
      <translation>请擦拭镜头，并找到最细线条能分开的距离。</translation>
    </message>
    <message>
      <source>The picture is grainy</source>
      <translation>画面噪点多</translation>
    </message>
    <message>
      <source>Put a lamp beside the card: with more light the camera needs less gain.</source>
      <translation>请在证件旁放一盏灯，光线充足时噪点会减少。</translation>
    </message>
    <message>
      <source>The colours are off</source>
      <translation>颜色不准</translation>
    </message>
    <message>
      <source>Use one kind of light only, best a white lamp, and keep coloured paper away.</source>
      <translation>请只用一种光源，最好是白光灯，并移开彩色纸张。</translation>
    </message>
    <message>
      <source>The camera gives few pictures a second</source>
      <translation>摄像头每秒画面太少</translation>
    </message>
    <message>
      <source>More light helps, and so does a USB socket of its own, without a hub.</source>
      <translation>增加光线会有帮助；请单独使用一个 USB 接口，不要经过集线器。</translation>
    </message>
    <message>
      <source>The picture is too dark</source>
      <translation>画面太暗</translation>
    </message>
    <message>
      <source>Put a lamp beside the card.</source>
      <translation>请在证件旁放一盏灯。</translation>
    </message>
    <message>
      <source>The picture is too bright</source>
      <translation>画面太亮</translation>
    </message>
    <message>
      <source>Shade the card, or turn the lamp away from it.</source>
      <translation>请遮挡证件上的光，或把灯转开。</translation>
    </message>
    <message>
      <source>The greys run together</source>
      <translation>灰阶分不开</translation>
    </message>
    <message>
      <source>Turn off picture effects of the camera, and keep light from falling into the lens.</source>
      <translation>请关闭摄像头的画面特效，避免光线直射镜头。</translation>
    </message>
    <message>
      <source>The test page could not be written</source>
      <translation>测试页无法写入</translation>
    </message>
    <message>
      <source>Nothing else is affected. Make room on the disk, or choose another folder.</source>
      <translation>其他数据不受影响。请清理磁盘空间，或换一个文件夹。</translation>
    </message>
  </context>
</TS>
