import type { Indicator } from '@misp-pipeline/core';
import { INITIAL_ACCESS, OVER_WEB } from './attack-tags.ts';
import { PROXY, WEBSERVER } from './log-source.ts';
import type { Leaf } from './selection.ts';
import type { Subject } from './subject.ts';

/** URLs, whole: no rule sees their host alone. */
export const URL: Subject = {
  id: 'url',
  kinds: ['url'],
  includes: () => true,
  leaves: valueLeaves,
  places: [
    {
      logSource: PROXY,
      field: 'c-uri',
      title: 'Web Request to MISP Listed URL',
      detects: 'web requests to URLs',
      tags: OVER_WEB,
    },
  ],
  falsePositives: 'A page that has been cleaned since',
  exclusions: ['escaped_wildcard', 'sigmahq_field_duplicate_value'],
};

/** User agents of programs inside that go out, and of visitors from outside. */
export const USER_AGENT: Subject = {
  id: 'user_agent',
  kinds: ['user-agent'],
  includes: () => true,
  leaves: valueLeaves,
  places: [
    {
      logSource: PROXY,
      field: 'c-useragent',
      title: 'Web Request with MISP Listed User Agent',
      detects: 'web requests with user agents',
      tags: OVER_WEB,
    },
    {
      logSource: WEBSERVER,
      field: 'cs-user-agent',
      title: 'Web Server Request with MISP Listed User Agent',
      detects: 'requests to a web server with user agents',
      tags: INITIAL_ACCESS,
    },
  ],
  falsePositives: 'Legitimate software with the same user agent',
  exclusions: ['escaped_wildcard', 'number_as_string', 'sigmahq_field_duplicate_value', 'sigmahq_field_user'],
};

function valueLeaves({ value }: Indicator): readonly Leaf[] {
  return [{ name: 'value', modifier: '', value }];
}
