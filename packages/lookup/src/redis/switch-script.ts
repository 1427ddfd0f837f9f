import { FORMAT } from './layout.ts';

/** Milliseconds by which one bucket outlives the one before it, so that Redis never has to remove all at once. */
export const APART = 20;

/**
 * Puts a loaded generation in force and lets the one that it replaces end, in one step that nobody sees half of. Refuses,
 * with nothing done, when values of the generation are missing.
 *
 * KEYS: the key that describes the generation in force. ARGV: the description, the stem of the new buckets, their number,
 * the number of values in them, milliseconds that the generation lives, that its buckets outlive it, that the replaced one
 * is kept, prefix of all keys. Answers with the description of the replaced one.
 */
export const SWITCH = `
local stem, buckets, values = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local life, margin, grace, prefix = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8]
local held = 0
for bucket = 0, buckets - 1 do
  held = held + redis.call('HLEN', stem .. bucket) - 1
end
if held ~= values then
  return redis.error_reply('INCOMPLETE ' .. held .. ' of ' .. values .. ' values are there')
end
for bucket = 0, buckets - 1 do
  redis.call('PEXPIRE', stem .. bucket, life + margin + bucket * ${APART})
end
local replaced = redis.call('GET', KEYS[1])
redis.call('SET', KEYS[1], ARGV[1], 'PX', life)
local isReadable, old = pcall(cjson.decode, replaced or '')
if isReadable and type(old) == 'table' and old.format == ${FORMAT} then
  for bucket = 0, old.buckets - 1 do
    redis.call('PEXPIRE', prefix .. ':' .. old.id .. ':' .. bucket, grace + bucket * ${APART})
  end
end
return replaced
`;
