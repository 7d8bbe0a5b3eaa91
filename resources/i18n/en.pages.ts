<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>HomePage</name>
    <message numerus="yes">
      <source>%n draft(s)</source>
      <translation>
        <numerusform>%n draft</numerusform>
        <numerusform>%n drafts</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n need(s) you</source>
      <translation>
        <numerusform>%n needs you</numerusform>
        <numerusform>%n need you</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n waiting to be sent</source>
      <translation>
        <numerusform>%n waiting to be sent</numerusform>
        <numerusform>%n waiting to be sent</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RegistrationPage</name>
    <message numerus="yes">
      <source>%n field(s)</source>
      <translation>
        <numerusform>%n field</numerusform>
        <numerusform>%n fields</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n point(s) open</source>
      <translation>
        <numerusform>%n point open</numerusform>
        <numerusform>%n points open</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ReviewPane</name>
    <message numerus="yes">
      <source>%n point(s) open. Each line leads there.</source>
      <translation>
        <numerusform>%n point open. The line leads there.</numerusform>
        <numerusform>%n points open. Each line leads there.</numerusform>
      </translation>
    </message>
  </context>
</TS>
