import { anIndicator, anOrigin, type Loopback, startLoopback } from '@misp-pipeline/testing';

const ATTRIBUTE = '11111111-1111-4111-8111-111111111111';

/** An indicator that three others reported as a false positive. */
export const DISPUTED = anIndicator('domain', 'disputed.example', { origins: [anOrigin({ attribute: ATTRIBUTE })] });

/** A server that knows the sightings of that indicator's attribute only. */
export function startSightings(): Promise<Loopback> {
  const falsePositive = {
    Sighting: { attribute_id: '1', type: '1', Attribute: { uuid: ATTRIBUTE }, Organisation: { name: 'CERT' } },
  };
  return startLoopback(({ body }, response) => {
    const isAskedFor = JSON.parse(body.toString('utf8')).type === '1';
    const found = isAskedFor ? [falsePositive, falsePositive, falsePositive] : [];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ response: found }));
  });
}
