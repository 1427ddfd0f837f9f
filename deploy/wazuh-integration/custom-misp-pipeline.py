"""Asks `misp-pipeline serve` what is known of the values in an alert of Wazuh, and tells Wazuh.

Wazuh's integrator calls it as `custom-misp-pipeline ALERT_FILE API_KEY HOOK_URL ...`. Only the standard library is used,
for a start takes most of the time. Whatever goes wrong, it ends with 0 and a line in logs/integrations.log, in which no
value of an alert and no secret ever stands.
"""

import json
import os
import re
import signal
import socket
import stat
import sys
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

NAME = 'misp-pipeline'
HOME = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
LOG = os.path.join(HOME, 'logs', 'integrations.log')
QUEUE = os.path.join(HOME, 'queue', 'sockets', 'queue')
TOKEN = os.path.join(HOME, 'etc', 'misp-pipeline.token')
SERVICE = 'http://127.0.0.1:8472'

REQUEST_SECONDS = 5
ALL_SECONDS = 10
MOST_ALERT_BYTES = 1024 * 1024
MOST_ANSWER_BYTES = 8 * 1024 * 1024
MOST_VALUES = 64
LONGEST_VALUE = 4096
MOST_MATCHES = 5
MOST_OF_EACH = 5
LONGEST_TEXT = 256
# Wazuh cuts off a message at 64 KiB.
MOST_MESSAGE_BYTES = 60000

ADDRESSES = ('ipv4', 'ipv6')
NAMES = ('domain', 'hostname') + ADDRESSES
HASHES = ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'imphash')
FILES = ('filename', 'email-attachment')
PROGRAMS = ('filename', 'process-name')

# Fields of `data` that hold an indicator, and the kinds that they can be.
FIELDS = {
    **dict.fromkeys(('dest_ip', 'dstip', 'id.resp_h', 'destination_address', 'win.eventdata.destinationIp'), ADDRESSES),
    **dict.fromkeys(('src_ip', 'srcip', 'id.orig_h', 'source_address', 'win.eventdata.sourceIp'), ADDRESSES),
    'win.eventdata.ipAddress': ADDRESSES,
    **dict.fromkeys(('dns.rrname', 'dns.query.rrname', 'dns.queries.rrname', 'tls.sni', 'quic.sni'), NAMES),
    **dict.fromkeys(('http.hostname', 'query', 'host', 'server_name', 'win.eventdata.queryName'), NAMES),
    'win.eventdata.destinationHostname': NAMES,
    'url': ('url',) + NAMES,
    'uri': ('uri', 'url') + NAMES,
    'http.url': ('uri', 'url') + NAMES,
    'http.http_user_agent': ('user-agent',),
    'user_agent': ('user-agent', 'email-x-mailer'),
    **dict.fromkeys(('tls.ja3.hash', 'quic.ja3.hash', 'ja3'), ('ja3',)),
    **dict.fromkeys(('tls.ja4', 'quic.ja4', 'ja4'), ('ja4',)),
    **dict.fromkeys(('tls.fingerprint', 'fingerprint'), ('x509-md5', 'x509-sha1', 'x509-sha256')),
    **dict.fromkeys(('fileinfo.md5', 'fileinfo.sha1', 'fileinfo.sha256', 'md5', 'sha1', 'sha256'), HASHES),
    'win.eventdata.hashes': HASHES,
    **dict.fromkeys(('fileinfo.filename', 'filename', 'win.eventdata.targetFilename'), FILES),
    **dict.fromkeys(('win.eventdata.image', 'win.eventdata.originalFileName'), PROGRAMS),
    **dict.fromkeys(('smtp.mail_from', 'email.from', 'mailfrom', 'from'), ('email', 'email-src')),
    **dict.fromkeys(('smtp.rcpt_to', 'rcptto'), ('email', 'email-dst')),
    **dict.fromkeys(('email.subject', 'subject'), ('email-subject',)),
    'win.eventdata.targetObject': ('regkey',),
    'win.eventdata.pipeName': ('named-pipe',),
    'win.eventdata.serviceName': ('service-name',),
}
# The same for `syscheck`, which file integrity monitoring writes.
INTEGRITY = {
    **dict.fromkeys(('md5_after', 'sha1_after', 'sha256_after'), HASHES),
    'path': FILES + ('regkey',),
}
SPLIT = {
    'win.eventdata.hashes': lambda text: [part.partition('=')[2] for part in text.split(',')[:8]],
    **dict.fromkeys(
        ('path', 'filename', 'fileinfo.filename', 'win.eventdata.targetFilename')
        + ('win.eventdata.image', 'win.eventdata.originalFileName'),
        lambda text: [text, re.split(r'[/\\]', text)[-1]],
    ),
}
VERDICTS = ('live', 'known')


class Trouble(Exception):
    """Something that the log tells of. Its text holds no value of an alert and no secret."""


def main(arguments):
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(ALL_SECONDS)
    alert = read_alert(arguments[1] if len(arguments) > 1 else '')
    if is_own(alert):
        return
    observed = observed_in(alert)
    if not observed:
        return
    answers = ask(service_in(arguments), list(dict.fromkeys(value for _, value, _ in observed)))
    matches, more = matches_of(observed, answers)
    if not matches:
        return
    send(message(alert, matches, more), alert.get('agent'))
    log(f'alert {alert_id(alert)}: {len(observed)} values asked for, {len(matches)} told')


def give_up(_signal, _frame):
    raise Trouble(f'not done after {ALL_SECONDS} s')


def read_alert(path):
    try:
        with open(path, 'rb') as file:
            text = file.read(MOST_ALERT_BYTES + 1)
    except OSError as error:
        raise Trouble(f'the file of the alert cannot be read: {error.strerror}') from None
    if len(text) > MOST_ALERT_BYTES:
        raise Trouble(f'the alert has more than {MOST_ALERT_BYTES} bytes')
    try:
        alert = json.loads(text)
    except (ValueError, RecursionError):
        raise Trouble('the alert is no JSON; <alert_format>json</alert_format> is needed') from None
    if not isinstance(alert, dict):
        raise Trouble('the alert is no object')
    return alert


def is_own(alert):
    """Whether the alert is of an annotation itself; answering it would never end."""
    data = alert.get('data')
    return isinstance(data, dict) and data.get('integration') == NAME


def observed_in(alert):
    """Triples of field, value and kinds, without repeats."""
    found = {}
    for section, fields in (('data', FIELDS), ('syscheck', INTEGRITY)):
        for field, kinds in fields.items():
            for text in texts_at(alert.get(section), field):
                for value in SPLIT.get(field, lambda whole: [whole])(text):
                    if 0 < len(value.strip()) <= LONGEST_VALUE:
                        found.setdefault((field, value), kinds)
    return [(field, value, kinds) for (field, value), kinds in found.items()][:MOST_VALUES]


def texts_at(record, field):
    reached = [record]
    # Zeek's names have dots of their own.
    path = [field] if isinstance(record, dict) and field in record else field.split('.')
    for name in path:
        reached = [part[name] for part in reached if isinstance(part, dict) and name in part]
        reached = [one for part in reached for one in (part if isinstance(part, list) else [part])][:MOST_VALUES]
    return [text for text in reached if isinstance(text, str)]


def service_in(arguments):
    """The address of the service is <hook_url>. Arguments that are left out move the others, so it is known by its form."""
    url = next((text for text in arguments[2:] if re.match(r'https?://', text)), SERVICE)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise Trouble('<hook_url> is no address') from None
    if host is None or parts.username is not None:
        raise Trouble('<hook_url> is no address such as http://127.0.0.1:8472')
    if parts.scheme == 'http' and not re.fullmatch(r'localhost|::1|127(\.\d{1,3}){3}', host):
        raise Trouble('<hook_url> names another machine, which needs https')
    return parts.scheme, host, port


def ask(service, values):
    scheme, host, port = service
    headers = {'Content-Type': 'application/json', **authorization()}
    try:
        # No proxy of the environment is asked, and no redirection followed.
        kind = HTTPSConnection if scheme == 'https' else HTTPConnection
        connection = kind(host, port, timeout=REQUEST_SECONDS)
        connection.request('POST', '/lookup', json.dumps({'values': values}), headers)
        response = connection.getresponse()
        text = response.read(MOST_ANSWER_BYTES + 1)
        connection.close()
    except (OSError, HTTPException) as error:
        raise Trouble(f'the service cannot be asked: {getattr(error, "strerror", None) or type(error).__name__}') from None
    if response.status != 200:
        raise Trouble(f'the service answered {response.status}')
    try:
        return dict(zip(values, json.loads(text)['answers']))
    except (ValueError, RecursionError, LookupError, TypeError):
        raise Trouble('the service gave an answer that cannot be read') from None


def authorization():
    try:
        with open(TOKEN, encoding='ascii') as file:
            if os.fstat(file.fileno()).st_mode & stat.S_IRWXO:
                raise Trouble('etc/misp-pipeline.token is open to everybody: chmod 640')
            token = file.read(4096).strip()
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise Trouble('etc/misp-pipeline.token cannot be read') from None
    if not re.fullmatch(r'[!-~]+', token):
        raise Trouble('etc/misp-pipeline.token holds no token')
    return {'Authorization': f'Bearer {token}'}


def matches_of(observed, answers):
    """What is told, the live first, and whether there is more."""
    found = {}
    for field, value, kinds in observed:
        answer = answers.get(value)
        for indicator in answer.get('indicators', []) if isinstance(answer, dict) else []:
            if may_be_told(indicator) and covers(indicator, kinds):
                key = (value, indicator['kind'], indicator['value'])
                found.setdefault(key, match(field, value, indicator))
    matches = sorted(found.values(), key=lambda one: VERDICTS.index(one['verdict']))
    return matches[:MOST_MATCHES], len(matches) > MOST_MATCHES


def may_be_told(indicator):
    """Red never leaves, whatever the token may know; nor does a label that TLP does not define."""
    return indicator['verdict'] in VERDICTS and indicator['summary'].get('tlp') not in ('red', 'unknown')


def covers(indicator, kinds):
    """An indicator may be the host of a URL, or a network, which is of another kind than the value."""
    if indicator['relation'] == 'exact':
        return indicator['kind'] in kinds
    if indicator['relation'] == 'inside-range':
        return 'ipv4' in kinds
    return 'domain' in kinds


def match(field, value, indicator):
    summary = indicator['summary']
    events = {origin['event']['uuid']: origin['event'] for origin in indicator['origins']}
    return {
        'field': field,
        'observed': cut(value),
        'relation': indicator['relation'],
        'kind': indicator['kind'],
        'value': cut(indicator['value']),
        'verdict': indicator['verdict'],
        'tlp': summary.get('tlp', 'unmarked'),
        'severity': summary['severity'],
        'tags': [cut(tag) for tag in summary['tags'][:MOST_OF_EACH]],
        'events': [{key: cut(text) for key, text in event.items()} for event in list(events.values())[:MOST_OF_EACH]],
        'artefacts': [
            {key: cut(text) for key, text in artefact.items()} for artefact in indicator['artefacts'][:MOST_OF_EACH]
        ],
    }


def cut(text):
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + '...'


def message(alert, matches, more):
    """Fields of the first match stand apart, for rules reach no members of lists."""
    rule = alert.get('rule') if isinstance(alert.get('rule'), dict) else {}
    source = {'alert_id': alert_id(alert), 'rule_id': cut(str(rule.get('id', '')))}
    first = {key: text for key, text in matches[0].items() if isinstance(text, str)}
    while matches:
        told = {'source': source, **first, 'matches': matches, 'shortened': 'yes' if more else 'no'}
        text = json.dumps({'integration': NAME, 'misp_pipeline': told})
        if len(text) <= MOST_MESSAGE_BYTES:
            return text
        matches, more = matches[:-1], True
    raise Trouble('the annotation is too long for a message')


def alert_id(alert):
    return re.sub(r'[^0-9.]', '', str(alert.get('id', '')))[:32]


def send(text, agent):
    text = f'1:{location(agent)}:{text}'
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as queue:
        queue.settimeout(REQUEST_SECONDS)
        try:
            queue.connect(QUEUE)
            queue.send(text.encode())
        except OSError as error:
            raise Trouble(f'queue/sockets/queue does not take the message: {error.strerror or "timeout"}') from None


def location(agent):
    """Where Wazuh believes that the message comes from: the agent of the alert, or the manager."""
    if not isinstance(agent, dict) or agent.get('id') in (None, '000'):
        return NAME
    parts = [re.sub(r'[\x00-\x1f]', ' ', cut(str(agent.get(key, 'any')))) for key in ('id', 'name', 'ip')]
    place = '[{0}] ({1}) {2}'.format(*parts)
    return place.replace('|', '||').replace(':', '|:') + f'->{NAME}'


def log(text):
    try:
        with open(LOG, 'a', encoding='utf-8') as file:
            file.write(f'{time.strftime("%Y-%m-%dT%H:%M:%S%z")} {NAME}: {text}\n')
    except OSError:
        pass  # There is nowhere else to tell of it.


if __name__ == '__main__':
    try:
        main(sys.argv)
    except Trouble as trouble:
        log(f'warning: {trouble}')
    except Exception as error:  # An integration that fails stops nobody. Its text could hold a value.
        log(f'error: {type(error).__name__}')
