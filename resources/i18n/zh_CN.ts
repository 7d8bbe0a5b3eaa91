<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>CameraView</name>
    <message>
      <source>Starting the camera</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hold the card in front of the camera</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Card found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hold still</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Captured</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No camera. Plug one in, or type with F4</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Card camera, {state}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FieldRow</name>
    <message>
      <source>printed: {title}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ok</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>check</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>correct it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>from the chip</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>code lines</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>barcode</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>camera</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>typed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>work list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use this reading (Alt+{n})</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Figures</name>
    <message>
      <source>{n} d</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} h</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{n} min</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>now</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ProblemBox</name>
    <message>
      <source>Try again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>StatusStrip</name>
    <message>
      <source>Link</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Queue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Camera</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Online</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Offline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Refused by the carrier</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not contacted yet</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n need(s) you</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Sending, %n to go</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing waits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All sent {time}</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n waiting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{waiting}, oldest {age}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No camera</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ok, {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clock {off_by}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>StepBar</name>
    <message>
      <source>Identity</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number and SIM</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Notices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Review</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n to check</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not started</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>TrainingBand</name>
    <message>
      <source>TRAINING: nothing here reaches a real carrier</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
