// Where somebody is, as roughly as serves: two decimals, about a kilometre, in the coordinates that maps in China use (GCJ-02).
export interface Spot {
  lat: number
  lon: number
}

const AXIS = 6378245.0
const FLATTENING = 0.00669342162296594323
const wave = (x: number, times: number) => Math.sin(x * times * Math.PI)
const short = (x: number) => 20 * wave(x, 6) + 20 * wave(x, 2)
const long = (x: number, far: number, farther: number) => 20 * wave(x, 1) + 40 * wave(x, 1 / 3) + far * wave(x, 1 / 12) + farther * wave(x, 1 / 30)

function bend(x: number, y: number): [number, number] {
  const root = Math.sqrt(Math.abs(x))
  const lat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
  const lon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
  return [lat + ((short(x) + long(y, 160, 320)) * 2) / 3, lon + ((short(x) + long(x, 150, 300)) * 2) / 3]
}

/** From what the phone measures (WGS-84) to what maps in China show. */
export function toMap({ lat, lon }: Spot): Spot {
  const [bentLat, bentLon] = bend(lon - 105, lat - 35)
  const angle = (lat / 180) * Math.PI
  const magic = 1 - FLATTENING * Math.sin(angle) ** 2
  const root = Math.sqrt(magic)
  return {
    lat: lat + (bentLat * 180) / (((AXIS * (1 - FLATTENING)) / (magic * root)) * Math.PI),
    lon: lon + (bentLon * 180) / ((AXIS / root) * Math.cos(angle) * Math.PI),
  }
}

const rough = (degrees: number) => Math.round(degrees * 100) / 100

/** Undefined when the phone does not know or its owner does not say. */
export function whereAmI(): Promise<Spot | undefined> {
  return new Promise((done) => {
    if (!navigator.geolocation) return done(undefined)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const { lat, lon } = toMap({ lat: coords.latitude, lon: coords.longitude })
        done({ lat: rough(lat), lon: rough(lon) })
      },
      () => done(undefined),
      { maximumAge: 600_000, timeout: 10_000 },
    )
  })
}
