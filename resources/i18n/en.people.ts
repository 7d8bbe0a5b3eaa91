<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>HomePage</name>
    <message numerus="yes">
      <source>The disk has room for about %n more registration(s)</source>
      <translation>
        <numerusform>The disk has room for about %n more registration</numerusform>
        <numerusform>The disk has room for about %n more registrations</numerusform>
      </translation>
    </message>
  </context>
</TS>
