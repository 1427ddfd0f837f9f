-- Loads what misp-pipeline wrote. Last line of snort.lua: dofile('/full/path/of/this/file')
local here = debug.getinfo(1, 'S').source:match('^@(.*)/[^/]*$') or '.'
if here:sub(1, 1) ~= '/' then here = (os.getenv('PWD') or '.') .. '/' .. here end

ips = ips or {}
ips.rules = (ips.rules or '') .. '\ninclude ' .. here .. '/misp.rules\n'

-- An alert for each flow with an address of the list; other rules still see the flow.
reputation = reputation or {}
reputation.list_dir = here .. '/reputation'
reputation.scan_local = true

-- A line in file.log for each file with a digest of the list, if Snort knows its type.
file_policy = file_policy or {}
file_policy.enable_signature = true
file_policy.rules = file_policy.rules or {}
for digest in io.lines(here .. '/misp-sha256.list') do
  table.insert(file_policy.rules, { when = { sha256 = digest }, use = { verdict = 'log' } })
end
file_log = file_log or {}
