// Fails when the first load carries more script than a phone on a weak line should wait for.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT = 300 * 1000
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))
const gzipped = (file) => gzipSync(readFileSync(`dist/${file}`)).length

function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) closure(next, seen)
  return seen
}

const total = (keys) => [...keys].reduce((sum, key) => sum + gzipped(manifest[key].file), 0)
const styles = (keys) => new Set([...keys].flatMap((key) => manifest[key].css ?? []))
const entry = closure('index.html')
const first = closure('src/views/HomeView.vue', new Set(entry))
const script = total(first)
const css = [...styles(first)].reduce((sum, file) => sum + gzipped(file), 0)
const pages = Object.keys(manifest)
  .filter((key) => manifest[key].isDynamicEntry)
  .map((key) => [key, total(closure(key, new Set(entry))) - total(entry)])
  .sort((a, b) => b[1] - a[1])

const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`
console.log(`first load: script ${kb(script)} gzipped (limit ${kb(LIMIT)}), styles ${kb(css)}`)
for (const [page, bytes] of pages.slice(0, 5)) console.log(`  + ${kb(bytes).padStart(9)}  ${page}`)
if (script > LIMIT) {
  console.error('Too much script on the first load: make a route lazy or drop a dependency.')
  process.exit(1)
}
