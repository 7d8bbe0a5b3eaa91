<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>Figures</name>
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
    <name>StatusStrip</name>
    <message numerus="yes">
      <source>%n need(s) you</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Sending, %n to go</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n waiting</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>StepBar</name>
    <message numerus="yes">
      <source>%n to check</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
