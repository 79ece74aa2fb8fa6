// A card of 750 × 1000 points, as chats show pictures best. Letters are the phone's own: every phone in China has them.
export interface Words {
  title: string
  by: string
  when: string
  where: string
  scan: string
}
const WIDTH = 750
const HEIGHT = 1000
const EDGE = 64
const FACE = '"PingFang SC", "HarmonyOS Sans SC", "MiSans", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif'

export async function drawCard(words: Words, svg: string): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT })
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  background(pen)
  let y = write(pen, words.by, { y: 150, size: 28, weight: 600, colour: '#9d0c23', lines: 1 })
  y = write(pen, words.title, { y: y + 26, size: 54, weight: 700, colour: '#1f2328', lines: 3 })
  y = write(pen, words.when, { y: y + 24, size: 32, weight: 600, colour: '#1f2328', lines: 2 })
  write(pen, words.where, { y: y + 8, size: 32, weight: 400, colour: '#59616b', lines: 2 })
  const picture = await load(svg)
  pen.drawImage(picture, EDGE + 20, HEIGHT - 340, 240, 240)
  write(pen, words.scan, { y: HEIGHT - 230, size: 28, weight: 400, colour: '#59616b', lines: 3, x: EDGE + 290 })
  return await new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture'))), 'image/png'))
}

function background(pen: CanvasRenderingContext2D): void {
  const red = pen.createLinearGradient(0, 0, 0, HEIGHT)
  red.addColorStop(0, '#c8102e')
  red.addColorStop(1, '#9d0c23')
  pen.fillStyle = red
  pen.fillRect(0, 0, WIDTH, HEIGHT)
  pen.fillStyle = '#fff'
  const [side, round] = [EDGE / 2, 28]
  pen.beginPath()
  pen.moveTo(side + round, side)
  for (const [x1, y1, x2, y2] of [
    [WIDTH - side, side, WIDTH - side, HEIGHT - side], [WIDTH - side, HEIGHT - side, side, HEIGHT - side], [side, HEIGHT - side, side, side], [side, side, WIDTH - side, side],
  ] as const) pen.arcTo(x1, y1, x2, y2, round)
  pen.closePath()
  pen.fill()
}

interface Style {
  y: number
  size: number
  weight: number
  colour: string
  lines: number
  x?: number
}

/** Breaks the text where the card ends; returns how far down it came. */
function write(pen: CanvasRenderingContext2D, text: string, { y, size, weight, colour, lines, x = EDGE + 20 }: Style): number {
  pen.font = `${weight} ${size}px ${FACE}`
  pen.fillStyle = colour
  pen.textBaseline = 'top'
  const rows = broken(text, (part) => pen.measureText(part).width <= WIDTH - EDGE - 20 - x, lines)
  rows.forEach((row, at) => pen.fillText(row, x, y + at * size * 1.4))
  return y + rows.length * size * 1.4
}

/** Lines that fit; words of Latin letters stay whole where they can, and what is too much ends with an ellipsis. */
export function broken(text: string, fits: (part: string) => boolean, most: number): string[] {
  const rows: string[] = []
  let row = ''
  for (const part of text.match(/[\w.,:;–-]+\s*|\s+|./gu) ?? []) {
    if (!row || fits(row + part)) row += part
    else {
      rows.push(row)
      row = part.trimStart()
    }
  }
  if (row) rows.push(row)
  if (rows.length <= most) return rows
  let last = rows[most - 1] ?? ''
  while (last && !fits(`${last}…`)) last = last.slice(0, -1)
  return [...rows.slice(0, most - 1), `${last}…`]
}

async function load(svg: string): Promise<HTMLImageElement> {
  const picture = new Image(480, 480)
  const sized = svg.replace('<svg ', '<svg width="480" height="480" ')
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(sized)}`
  await picture.decode()
  return picture
}
