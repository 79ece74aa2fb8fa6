// Places to meet, and what firms present.
export default {
  title: 'Places to meet', door: 'The union’s places: book an hour', lead: 'Run by the union and free; come alone or with somebody you found.', kind: { hall: 'Love experience hall', centre: 'Centre for singles' },
  none: 'No place is open yet', noneText: 'The union is preparing; it will be here.', next: 'Next {at}', noNext: 'No times at present', rules: 'House rules', times: 'Choose a time', free: '{n} places left', full: 'Full', mineTag: 'Booked', phone: 'Telephone', by: 'By {name}',
  who: 'With whom', alone: 'By myself', book: 'Book', booked: 'Booked. See you there', bookedTwo: 'Booked; they are asked in private', twoText: 'They come along once they say so; if not, you may come by yourself.',
  toMine: 'My bookings',
  mine: { title: 'My bookings', none: 'No bookings yet', noneText: 'Have a look at the places.', look: 'See the places', ticket: 'Show the ticket', ticketText: 'Let it be scanned at the door, or read it out.', giveBack: 'I cannot come', giveBackAsk: 'Not coming?', giveBackText: 'The place goes to others. If you asked somebody along, they are told.', gaveBack: 'Given back', until: 'May be given back until {at}', waiting: 'Waiting for {name}', coming: 'With {name}', asked: 'Somebody asks you along', askedText: '{name} asks you along; answer by {at}. A no is told to nobody.', yes: 'I come along', no: 'Not me', saidNo: 'You said no; they will not know', going: 'Done: you have a ticket too' },
  shows: { title: 'Firms’ shows', door: 'What firms do for their singles', lead: 'Written by firms, published by the union.', none: 'No firm has presented anything yet', noneText: 'It will be here.', go: 'Register', at: 'Place' },
}
