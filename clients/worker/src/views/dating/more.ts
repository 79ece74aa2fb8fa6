// The doors of the hub, one entry per line: where it leads, its icon, and the keys of its title and of one line about it.
export interface Door {
  to: string
  icon: string
  title: string
  text: string
}

export const DOORS: Door[] = [
  { to: '/dating/events', icon: 'calendar', title: 'events.title', text: 'events.enterHere' },
  { to: '/dating/weekly', icon: 'file', title: 'weekly.title', text: 'weekly.door' },
  { to: '/dating/live', icon: 'face', title: 'live.title', text: 'live.door' },
  { to: '/dating/venues', icon: 'place', title: 'venues.title', text: 'venues.door' },
  { to: '/dating/shows', icon: 'building', title: 'venues.shows.title', text: 'venues.shows.door' },
  { to: '/dating/help', icon: 'heart', title: 'help.title', text: 'help.enterHere' },
  { to: '/dating/weddings', icon: 'sparkle', title: 'weddings.title', text: 'weddings.enterHere' },
  { to: '/dating/circle', icon: 'users', title: 'circle.title', text: 'circle.door' },
  { to: '/dating/planets', icon: 'sparkle', title: 'planets.title', text: 'planets.door' },
  { to: '/dating/tiers', icon: 'badge-check', title: 'tiers.title', text: 'tiers.door' },
  { to: '/dating/scam', icon: 'alert', title: 'scam.title', text: 'scam.door' },
  { to: '/dating/safety', icon: 'shield', title: 'care.title', text: 'care.door' },
]
