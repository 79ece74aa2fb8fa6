// Written by build.js: where the app is, and which notices may be asked for.
module.exports = { app: 'https://niangjia.example/', notices: [] }
