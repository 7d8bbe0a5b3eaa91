<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>RowStory</name>
    <message numerus="yes">
      <source>Tried to send it %n time(s)</source>
      <translation>
        <numerusform>Tried to send it %n time</numerusform>
        <numerusform>Tried to send it %n times</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Sticks</name>
    <message numerus="yes">
      <source>%n registration(s) copied</source>
      <translation>
        <numerusform>%n registration copied</numerusform>
        <numerusform>%n registrations copied</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n registration(s) of another till taken in</source>
      <translation>
        <numerusform>%n registration of another till taken in</numerusform>
        <numerusform>%n registrations of another till taken in</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n registration(s) closed by receipts</source>
      <translation>
        <numerusform>%n registration closed by its receipt</numerusform>
        <numerusform>%n registrations closed by their receipts</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entry(ies) were not believed.</source>
      <translation>
        <numerusform>%n entry was not believed.</numerusform>
        <numerusform>%n entries were not believed.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>StatusStrip</name>
    <message numerus="yes">
      <source>%n waiting, this line is metered</source>
      <translation>
        <numerusform>%n waiting, this line is metered</numerusform>
        <numerusform>%n waiting, this line is metered</numerusform>
      </translation>
    </message>
  </context>
</TS>
