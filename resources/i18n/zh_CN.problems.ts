<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>Problem</name>
    <message>
      <source>No connection to the carrier ({cause})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is lost: what was saved stays on this machine and is sent by itself. You can go on working.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The carrier is busy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something else answered in place of the carrier ({cause})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Often this is the log-in page of a Wi-Fi: open a browser and sign in. Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The other end could not prove that it is the carrier ({reason})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the date of this computer and the network it uses. Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The clock of this computer differs from the carrier's</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The till allows for it by itself. Set the date and time right. Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The carrier does not accept this till ({reason})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sending is paused. Call your carrier's service line for shops. Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The answer was not a receipt of the carrier ({reason})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was not believed. Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The answer was not signed by the carrier ({reason})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was not believed. If this stays, tell your carrier: somebody may interfere. Nothing is lost: what was saved stays on this machine and is sent by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The carrier holds another registration under this id</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was set aside and not deleted. Show it to your supervisor.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The carrier cannot take this registration ({reason})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The carrier's answer could not be read ({reason})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This file is not an invitation of a carrier ({reason})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask your carrier for a new invitation file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The carrier does not accept this invitation ({reason})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An invitation enrols one till, once. Ask your carrier for a new one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Camera not found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plug it in; it is found by itself. Everything typed so far is kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Camera in use by another program</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close the other program, or choose another camera. It is tried again by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Camera unplugged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plug it in again; it goes on by itself. Nothing that was captured is lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No pictures in this video or folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a video file, or a folder with JPEG, PNG or BMP pictures.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The files that read documents are missing or damaged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run the set-up of this client again, or ask the administrator. Until then everything can be typed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This file cannot be read as a picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a JPEG, PNG, BMP, TIFF or WebP picture of at most {limit} megapixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The description of a document kind is wrong</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file}, at {where}: {message}. Correct the file, or install the client again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number or PIN is not right ({tries_left} tries left)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again. A supervisor can give you a new PIN.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Too many wrong PINs: wait {seconds} seconds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drafts and saved registrations are safe meanwhile.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The computer's key store is not the one this till was set up with ({recorded})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign in to the computer as the same user as before. Sealed registrations are not lost: call your supervisor, delete nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The computer's key store does not answer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unlock the computer's key store and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The till's key file is damaged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sealed registrations are not lost. Call your supervisor, delete nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The PIN needs at least {least} digits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a longer one. Digits only.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is already an operator {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This till is already enrolled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign in. A supervisor can add operators.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This till is not enrolled yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the invitation file from your carrier.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The till's enrolment file is damaged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something went wrong</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The store on this computer cannot be opened</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check that the disk is there and that this user may write to it, then start again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The disk is full</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing that was saved is lost. Free some space, then try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The disk could not be read or written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing that was saved is lost. Try again; if it stays, have the computer looked at.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The store on this computer is damaged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do not delete anything: sealed registrations are kept beside the store and can be taken over into a new one. Call your supervisor.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The key does not open the store</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The store may come from another computer. Call your supervisor; delete nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The store is busy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wait a moment and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The store was written by a newer version of this program ({found}, here {known})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Install the newer version again. Nothing was changed and nothing is lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The store is not encrypted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was not made by this program and is not used. Call your supervisor.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The encryption of the store is not installed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Install this program again. Nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This till is already open in another window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use the window that is open, or close it first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A sealed packet is damaged ({reason})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A sealed packet is missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was set aside in the waiting list. Show it to your supervisor.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This registration was already saved with other content</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The first one counts. Look for it in the waiting list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another registration was saved in between</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Submit once more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The carrier's receipt belongs to another packet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The registration stays in the queue and will be sent again by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The registration has moved on meanwhile (it is {state})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at the waiting list for where it stands now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This registration is not known here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It may have been made on another till.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This registration was already submitted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start a new one for changes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This draft belongs to another operator</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only who began it can go on with it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The packet does not carry this till's signature</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was not taken. Sign in again and submit once more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The policy pack cannot be used: {key}: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was changed; the pack in force stays. Tell your supervisor this line.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training and real service must not be mixed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was sent. Ask your supervisor for the invitation that belongs to this till.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is another kind of document than the one chosen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the chosen document, or choose the kind that lies under the camera.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No document was recognised</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the card once more, or choose the document and type the fields.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The chosen document has no such field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the document again; what was typed so far is kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The registration is not complete ({rules})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The list on the review page says what is still needed. Nothing was lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A saved draft cannot be opened ({reason})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start this registration again; the customer's other registrations are safe.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pictures are too large: {mb} MB, the limit is {limit} MB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the pictures once more with a smaller camera setting.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The carrier's key cannot be used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The draft is kept. Ask your supervisor to enrol this till again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody is signed in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign in with your number and PIN. Drafts are kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This registration is not complete: {count} points are open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to the marked points. Nothing is lost; the draft is saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{sentence}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connect this till to the network. What was saved stays saved and is sent first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The receipt is no longer kept on this computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The carrier keeps the registration. Ask the hotline with the receipt number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The document reader is not ready yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wait a moment, or type the fields with F4.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The settings file cannot be used: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Correct the file {file} or remove it; nothing that was registered is affected.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
