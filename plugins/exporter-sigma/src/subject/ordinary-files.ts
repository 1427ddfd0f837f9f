/**
 * Names that programs of the operating system or countless others have. Malware uses them to hide, so they turn up in
 * intelligence; a rule on them would fire on every machine.
 */
const ORDINARY: ReadonlySet<string> = new Set(
  `cmd.exe conhost.exe control.exe csrss.exe cscript.exe desktop.ini dllhost.exe dwm.exe explorer.exe iexplore.exe
  index.html index.php install.exe lsass.exe msedge.exe mshta.exe msiexec.exe notepad.exe powershell.exe readme.txt
  regedit.exe regsvr32.exe rundll32.exe runtimebroker.exe schtasks.exe searchindexer.exe services.exe setup.exe
  smss.exe spoolsv.exe svchost.exe system taskhost.exe taskhostw.exe taskmgr.exe thumbs.db update.exe userinit.exe
  wininit.exe winlogon.exe wmiprvse.exe wscript.exe bash cron curl dash java node perl python python3 ruby sh ssh
  sshd sudo systemd wget`.split(/\s+/),
);

/** Shorter names are everywhere. */
const MIN_LENGTH = 4;

/** True for the bare name of a file, without a path, that is found on ordinary machines. */
export function isOrdinaryFile(name: string): boolean {
  return name.length < MIN_LENGTH || ORDINARY.has(name.toLowerCase());
}
