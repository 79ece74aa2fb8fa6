// A pretend server for looking at pages without the real one: serves dist/ under a prefix and answers the contract.
// Never part of the build. `npm run build && npm run dev:mock`, then http://127.0.0.1:5180/app/
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import { answer } from './answers.mjs'

const port = Number(process.env.PORT ?? 5180)
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }
// As strict as production: the app must live with it.
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

function file(path, response) {
  const name = normalize(path.replace(/^\/app\/?/, '') || 'index.html')
  try {
    const body = readFileSync(join('dist', name))
    response.writeHead(200, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream', 'Content-Security-Policy': CSP })
    response.end(body)
  } catch {
    response.writeHead(404).end()
  }
}

createServer((request, response) => {
  const url = new URL(request.url, 'http://mock')
  if (!url.pathname.startsWith('/api/v1/')) return file(url.pathname, response)
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const isJson = request.headers['content-type']?.includes('json')
    const body = isJson ? JSON.parse(Buffer.concat(chunks).toString() || '{}') : {}
    const { status = 200, json, svg, cookie } = answer({ method: request.method, path: url.pathname.slice(8), query: url.searchParams, body, cookie: request.headers.cookie ?? '' })
    response.writeHead(status, { 'Content-Type': svg ? 'image/svg+xml' : 'application/json', ...(cookie ? { 'Set-Cookie': cookie } : {}) })
    response.end(svg ?? JSON.stringify(json))
  })
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/app/`))
