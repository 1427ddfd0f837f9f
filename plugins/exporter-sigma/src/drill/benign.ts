import type { Place, Subject } from '../subject/subject.ts';
import { SUBJECTS } from '../subject/subjects.ts';
import type { LogRecord } from './log-table.ts';

const HOSTS = `www.google.com google.com www.wikipedia.org en.wikipedia.org www.microsoft.com login.microsoftonline.com
  outlook.office365.com www.apple.com github.com raw.githubusercontent.com www.cloudflare.com cdn.jsdelivr.net
  cdnjs.cloudflare.com fonts.gstatic.com ajax.googleapis.com www.amazon.com s3.amazonaws.com d111111abcdef8.cloudfront.net
  example-site.azureedge.net www.facebook.com www.youtube.com i.ytimg.com www.bbc.co.uk www.heise.de archive.org
  www.debian.org nodejs.org www.python.org ntp.ubuntu.com dns.google one.one.one.one dns.quad9.net time.windows.com
  ctldl.windowsupdate.com ocsp.digicert.com www.paypal.com www.paypa1-help.example micros0ft.example google.com.example
  1.2.0.192.in-addr.arpa wpad localhost`.split(/\s+/);

const ADDRESSES = `8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 208.67.222.222 13.107.42.14 20.190.128.1 104.16.132.229
  151.101.1.69 140.82.121.4 142.250.185.78 17.253.144.10 23.52.0.1 52.216.0.1 10.0.0.1 172.16.0.1 192.168.1.1 127.0.0.1
  224.0.0.251 255.255.255.255 2001:4860:4860::8888 2606:4700:4700::1111 2620:fe::fe fe80::1 ff02::fb ::1`.split(/\s+/);

const USER_AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  'curl/8.14.1',
  'Wget/1.25.0',
  'Debian APT-HTTP/1.3 (3.0.3)',
  'Microsoft-CryptoAPI/10.0',
  'python-requests/2.32.5',
];

const NO_HASH =
  'SHA1=DA39A3EE5E6B4B0D3255BFEF95601890AFD80709,MD5=D41D8CD98F00B204E9800998ECF8427E,IMPHASH=00000000000000000000000000000000';

/** What is logged on an ordinary day, by subject. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  host: HOSTS,
  dst_ip: ADDRESSES,
  src_ip: ADDRESSES,
  url: HOSTS.flatMap((host) => [`http://${host}/`, `https://${host}/index.html?id=1&lang=en`]),
  uri: HOSTS.flatMap((host) => [`http://${host}/`, `https://${host}/search?q=weather`]),
  user_agent: USER_AGENTS,
  cookie: ['lang=en', 'session=0; theme=dark', '_ga=GA1.2.3.4; _gid=GA1.2.3.4; consent=yes'],
  http_method: ['GET', 'POST', 'HEAD', 'OPTIONS', 'CONNECT'],
  hash: [NO_HASH],
  certificate: ['0'.repeat(64), 'e'.repeat(40)],
  file_name: [
    'C:\\Users\\user\\AppData\\Local\\Temp\\~DF0001.tmp',
    'C:\\Users\\user\\Documents\\report.docx',
    'C:\\Windows\\Prefetch\\SVCHOST.EXE-0A1B2C3D.pf',
    '/var/log/syslog',
    '/home/user/.cache/fontconfig/x.cache-9',
    '/tmp/apt.conf.abcdef',
  ],
  process_name: [
    'C:\\Windows\\System32\\svchost.exe',
    'C:\\Windows\\explorer.exe',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    '/usr/bin/bash',
    '/usr/sbin/cron',
    '/usr/lib/systemd/systemd-journald',
  ],
  registry_key: [
    'HKLM\\System\\CurrentControlSet\\Services\\Tcpip\\Parameters\\DhcpNameServer',
    'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\SecurityHealth',
    'HKU\\S-1-5-21-1-2-3-1001\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\RecentDocs',
  ],
  named_pipe: ['\\lsass', '\\wkssvc', '\\srvsvc', '\\spoolss', '\\mojo.1234.5678.901234'],
  service_name: ['Windows Update', 'wuauserv', 'Google Updater Service', 'MozillaMaintenance'],
};

/** A log record in which nothing may fire. */
export interface BenignRecord {
  /** Id of the log source. */
  readonly logSource: string;
  readonly what: string;
  readonly record: LogRecord;
}

/** Harmless records of all log sources. */
export function benignRecords(): readonly BenignRecord[] {
  return SUBJECTS.flatMap((subject) => subject.places.flatMap((place) => recordsAt(subject, place)));
}

function recordsAt(subject: Subject, place: Place): readonly BenignRecord[] {
  return (VALUES[subject.id] ?? []).map((value) => ({
    logSource: place.logSource.id,
    what: `${place.logSource.id}: ${place.field} \`${value}\``,
    record: {
      ...place.fixed,
      [place.field]: value,
      ...(place.portField === undefined ? {} : { [place.portField]: 443 }),
      ...(place.dataField === undefined ? {} : { [place.dataField]: '(Empty)' }),
    },
  }));
}
