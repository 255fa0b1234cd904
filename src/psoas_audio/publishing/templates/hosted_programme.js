// A programme on a site can be kept, with all its sessions.
page.extensions.push((player, session) => showKeepButtons([byId("keep")], session.words));
