"""The conductor: speak, mix, encode, check and publish one session, with every output."""
