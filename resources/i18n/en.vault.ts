<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>StatusStrip</name>
    <message numerus="yes">
      <source>Room for about %n registration(s)</source>
      <translation>
        <numerusform>Room for about %n registration</numerusform>
        <numerusform>Room for about %n registrations</numerusform>
      </translation>
    </message>
  </context>
</TS>
