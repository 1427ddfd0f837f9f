import { describe, expect, it } from 'vitest';
import { complaintsIn } from './complaint.ts';

describe('complaintsIn', () => {
  it('reads issues, with all their files', () => {
    expect(
      complaintsIn(
        'issue=EscapedWildcardIssue severity=low description=Contains a wildcard. rule=/tmp/r/a.yml string=x',
      ),
    ).toEqual([{ file: 'a.yml', message: 'EscapedWildcardIssue: Contains a wildcard.' }]);
    expect(
      complaintsIn(
        'issue=DuplicateTitleIssue severity=medium description=Twice rule=/tmp/a.yml, /tmp/b.yml title=x',
      ).map(({ file }) => file),
    ).toEqual(['a.yml', 'b.yml']);
  });

  it('reads errors of rules and of conditions', () => {
    expect(complaintsIn('Sigma rule must have a log source in /tmp/r/a.yml')).toEqual([
      { file: 'a.yml', message: 'Sigma rule must have a log source' },
    ]);
    expect(complaintsIn('Condition error in /tmp/r/a.yml:Expected end of text')).toEqual([
      { file: 'a.yml', message: 'Expected end of text' },
    ]);
  });

  it('is not misled by what stands in a value', () => {
    expect(
      complaintsIn(
        'issue=NumberAsStringIssue severity=low description=A number rule=/tmp/a.yml string=x rule=/tmp/b.yml y',
      ),
    ).toEqual([{ file: 'a.yml', message: 'NumberAsStringIssue: A number' }]);
    expect(complaintsIn('Parsing Sigma rules\n=== Summary ===\nFound 0 errors')).toEqual([]);
  });
});
