/** Endings of file names that no top-level domain has. */
const FILES = new Set(
  (
    '7z a3x ani apk asp aspx au3 bak bash bat bin bmp bz2 cache cer cfg chm class cmd conf config cpl cpp crt csproj css ' +
    'csv cur dat db deb dll dmp doc docm docx dotm dylib elf eml exe gif go gz hta htm html ico idx img inf ini iso jar ' +
    'jpeg jpg js json jsp jse key lnk local localdomain localhost log lua manifest msi mui nls ocx odt pcap pcapng ' +
    'pdb pdf pem pfx php pif png potm ppt pptm pptx pptx ps1 psd1 psm1 py3 pyc pyd rar reg rpm rtf scr sct settings ' +
    'sln sqlite svg swf sys tar tgz tlb tmp toml torrent ttf txt url vba vbe vbs vhd vhdx war wav wsf xls xlsb xlsm xlsx ' +
    'xml xsl xz yaml yar yara yml'
  ).split(' '),
);

/** Endings that file names and top-level domains share. */
const FILES_OR_DOMAINS = new Set('ai app cab cc java md mov mpp pl ps pub py rs sh so zip'.split(' '));

/** Whether a name ends like that of a file. In `prose` also when a domain may end in the same way. */
export function endsLikeFile(name: string, inProse: boolean): boolean {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return FILES.has(ending) || (inProse && FILES_OR_DOMAINS.has(ending));
}
