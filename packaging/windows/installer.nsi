; Installs for the user who runs it, without the rights of an administrator.
;   /S      asks nothing and says nothing; ends with 0 when it is done, with 2 when the program is running
;   /D=…    installs there; the last argument, without quotation marks
; Uninstall-hyoukasho.exe /S removes the program. Documents, their backups and the settings stay.
; makensis -DVERSION=0.1.0 -DFOLDER=what-to-install -DOUT=installer.exe installer.nsi
Unicode true
Target amd64-unicode
!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"

!define ID "hyoukasho"
!define NAME "評価書工房"
!define KIND "Hyoukasho.Document"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${ID}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
RequestExecutionLevel user
; The program stands in the folder twice, for the window and for commands: one dictionary holds both.
SetCompressor /SOLID lzma
SetCompressorDictSize 64
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1041 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1041 "FileDescription" "${NAME} のインストール"
VIAddVersionKey /LANG=1041 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "LegalCopyright" "MIT または Apache-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${ID}.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "プログラムを消します。評価書、控え、以前の版、設定は残します。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Japanese"

; A program that is running cannot be replaced: whoever installs is told, and nothing is half replaced.
!macro STOP_WHILE_RUNNING
  ${If} ${FileExists} "$INSTDIR\${ID}.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\${ID}.exe" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "${NAME}が動いています。終了してから、もう一度実行してください。" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Section
  !insertmacro STOP_WHILE_RUNNING
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*"
  WriteUninstaller "$INSTDIR\Uninstall-${ID}.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${ID}.exe"

  ; .hyouka opens by double click; .ron, which others use too, only under "open with".
  WriteRegStr HKCU "Software\Classes\${KIND}" "" "評価書"
  WriteRegStr HKCU "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\${ID}.exe,0"
  WriteRegStr HKCU "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\${ID}.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\.hyouka" "" "${KIND}"
  WriteRegStr HKCU "Software\Classes\.hyouka\OpenWithProgids" "${KIND}" ""
  WriteRegStr HKCU "Software\Classes\.ron\OpenWithProgids" "${KIND}" ""
  WriteRegStr HKCU "Software\Classes\Applications\${ID}.exe" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "Software\Classes\Applications\${ID}.exe\shell\open\command" "" '"$INSTDIR\${ID}.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\Applications\${ID}.exe\SupportedTypes" ".hyouka" ""
  WriteRegStr HKCU "Software\Classes\Applications\${ID}.exe\SupportedTypes" ".ron" ""

  ; The list of installed programs.
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${ID}.exe,0"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\Uninstall-${ID}.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\Uninstall-${ID}.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${RefreshShellIcons}
SectionEnd

Section "un.install"
  !insertmacro STOP_WHILE_RUNNING
  ; By name: what else somebody has put into this folder stays.
  !include "${LIST}"
  Delete "$INSTDIR\Uninstall-${ID}.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "Software\Classes\${KIND}"
  ReadRegStr $0 HKCU "Software\Classes\.hyouka" ""
  ${If} $0 == "${KIND}"
    DeleteRegKey HKCU "Software\Classes\.hyouka"
  ${EndIf}
  DeleteRegValue HKCU "Software\Classes\.ron\OpenWithProgids" "${KIND}"
  DeleteRegKey /ifempty HKCU "Software\Classes\.ron\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\.ron"
  DeleteRegKey HKCU "Software\Classes\Applications\${ID}.exe"
  DeleteRegKey HKCU "${UNINSTALL}"
  ${RefreshShellIcons}
SectionEnd
