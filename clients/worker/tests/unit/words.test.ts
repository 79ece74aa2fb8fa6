import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from '@/locales/en'
import zh from '@/locales/zh-CN'

type Tree = { [key: string]: string | Tree | unknown[] }

function leaves(tree: Tree, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(prefix + key, value)
    else leaves(value as Tree, `${prefix}${key}.`).forEach((text, path) => found.set(path, text))
  }
  return found
}

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === 'locales' ? [] : sources(path)
    return /\.(vue|ts)$/.test(name) ? [readFileSync(path, 'utf8')] : []
  })
}

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((hole) => hole[1]).sort()
const chinese = leaves(zh)
const english = leaves(en)
const code = sources('src').join('\n')
// t('a.b'), and t(`a.${x}.b`) whose middle may be anything.
const asked = [...code.matchAll(/\b(?:t|tm|te)\(\s*(?:\w+ \? )?([`'])([\w.${}()?: '-]+?)\1/g)].map((call) => call[2] ?? '')
const patterns = [...code.matchAll(/[`']([a-zA-Z]+(?:\.(?:[\w-]+|\$\{[^}]+\}))+)[`']/g)].map((match) => match[1] ?? '')
const asPattern = (text: string) => new RegExp(`^${text.replace(/\./g, '\\.').replace(/\$\{[^}]+\}/g, '[\\w-]+')}(\\.|$)`)

describe('words', () => {
  it('are the same set in both languages, with the same holes', () => {
    expect([...english.keys()]).toEqual([...chinese.keys()])
    for (const [key, text] of chinese) expect(holes(english.get(key) ?? ''), key).toEqual(holes(text))
  })

  it('that the pages ask for are there', () => {
    const plain = asked.filter((key) => /^[a-zA-Z]+(\.[\w-]+)+$/.test(key))
    expect(plain.length).toBeGreaterThan(200)
    const missing = plain.filter((key) => ![...chinese.keys()].some((known) => known === key || known.startsWith(`${key}.`)))
    expect(missing).toEqual([])
  })

  it('that nobody asks for are not kept', () => {
    const used = patterns.map(asPattern)
    const unused = [...chinese.keys()].filter((key) => !used.some((pattern) => pattern.test(key)))
    expect(unused).toEqual([])
  })

  it('hold nothing that the message compiler would read as syntax', () => {
    for (const [key, text] of [...chinese, ...english]) expect(text, key).not.toMatch(/[@|]/)
  })
})
