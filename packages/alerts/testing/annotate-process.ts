import { LogSink } from '../src/annotate/log-sink.ts';
import { Progress } from '../src/annotate/progress.ts';
import { annotate } from '../src/annotate/session.ts';
import { readFile } from '../src/stream/read-file.ts';
import { anAnnotator } from './annotating.ts';
import { aKnownIndicator } from './memory-index.ts';

/** A program that annotates a log into another one, to be killed at any moment: `node annotate-process.ts STATE LOG OUTPUT`. */
const [, , state = '', log = '', output = ''] = process.argv;

const known = aKnownIndicator({ kind: 'domain', value: 'evil.example' }, { source: 'cert', attribute: 'a' });
const { signal } = new AbortController();
const progress = new Progress(state, output);
const { sink, from, written } = await LogSink.open(output, 'log', progress);
await annotate({ stream: readFile(log, { signal, from }), annotator: anAnnotator([known]), sink, written });
await sink.close();
progress.close();
