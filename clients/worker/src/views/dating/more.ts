// The doors of the hub, one entry per line: where it leads, its icon, and the keys of its title and of one line about it.
export interface Door {
  to: string
  icon: string
  title: string
  text: string
}

export const DOORS: Door[] = [
  { to: '/dating/events', icon: 'calendar', title: 'events.title', text: 'events.enterHere' },
]
