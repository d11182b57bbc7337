BEGIN TRANSACTION;
CREATE TABLE claim_places (
	place INTEGER NOT NULL, 
	reading INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (place, reading, position), 
	FOREIGN KEY(reading, position) REFERENCES claims (reading, position)
);
INSERT INTO "claim_places" VALUES(11,2,0);
INSERT INTO "claim_places" VALUES(12,2,1);
INSERT INTO "claim_places" VALUES(13,2,1);
INSERT INTO "claim_places" VALUES(90,2,1);
CREATE TABLE claims (
	reading INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	side TEXT, 
	voices TEXT NOT NULL, 
	first_day DATE, 
	last_day DATE, 
	body TEXT NOT NULL, 
	PRIMARY KEY (reading, position), 
	FOREIGN KEY(reading) REFERENCES readings (entry)
);
INSERT INTO "claims" VALUES(2,0,'e758eadafac8ccd668bd627ee06c70b13e0e7180ce6bf48bf528092d3374964b','control','AA','the army','2022-09-09','2022-09-09','{"areas":[],"around":[],"certainty":"asserted","cue":[],"document":"ab042bdcb913c3a5bbd9ff651a7b7f0ba6414088baeae48896e0e1100d6cfb19","evidence":null,"holder":"AA","id":"e758eadafac8ccd668bd627ee06c70b13e0e7180ce6bf48bf528092d3374964b","kind":"control","places":[11],"polarity":"affirmed","quantities":[],"quote":"Brod is ours again","relays":[],"side":"AA","source":[],"spans":[{"end":18,"start":0}],"speaker":"the army","time":null}');
INSERT INTO "claims" VALUES(2,1,'2a0b192469409eb5c7732aede236c6f566bb16fc85c837b860ff4dc904d9bc41','control','AA','генерал олексій
wire_1','2022-09-08','2022-09-08','{"areas":[90],"around":[],"certainty":"asserted","cue":[],"document":"ab042bdcb913c3a5bbd9ff651a7b7f0ba6414088baeae48896e0e1100d6cfb19","evidence":null,"holder":null,"id":"2a0b192469409eb5c7732aede236c6f566bb16fc85c837b860ff4dc904d9bc41","kind":"control","places":[12,13],"polarity":"affirmed","quantities":[],"quote":"Its troops took Velin and Lesno on Thursday","relays":["Wire_1"],"side":"AA","source":[],"spans":[{"end":88,"start":45}],"speaker":"Генерал Олексій","time":{"first":"2022-09-08","last":"2022-09-08"}}');
INSERT INTO "claims" VALUES(6,0,'2f0e218ba2fc6944e4c456a93e57db641ad94a705a9e9c553dfbfda3fd7f0530','control',NULL,'','2022-09-09','2022-09-09','{"areas":[],"around":[],"certainty":"asserted","cue":[],"document":"7b1c8d4f403a967df2e6433d1a99fad179b24c27b7100815cf298da8b70ea38a","evidence":null,"holder":null,"id":"2f0e218ba2fc6944e4c456a93e57db641ad94a705a9e9c553dfbfda3fd7f0530","kind":"control","places":[],"polarity":"affirmed","quantities":[],"quote":"Brod is lost again","relays":[],"side":null,"source":[],"spans":[{"end":18,"start":0}],"speaker":null,"time":null}');
CREATE TABLE documents (
	entry INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (entry), 
	FOREIGN KEY(entry) REFERENCES entries (seq), 
	UNIQUE (id)
);
INSERT INTO "documents" VALUES(1,'ab042bdcb913c3a5bbd9ff651a7b7f0ba6414088baeae48896e0e1100d6cfb19','https://example.org/brod','{"document":{"authors":[],"found":{},"id":"ab042bdcb913c3a5bbd9ff651a7b7f0ba6414088baeae48896e0e1100d6cfb19","key":"https://example.org/brod","language":null,"links":[],"medium":"article","outlet":"Courier","parts":[],"published":"2022-09-09","raw_sha256":"","retrieved_from":"","text":"Brod is ours again, the army said on Friday. Its troops took Velin and Lesno on Thursday.","timezone":null,"title":"Brod","url":null},"raw_sha256":"79d17528a19de2e2e24c7079c099cc08fb55d55db076fcb6cb49eef174abbdc5","revision":1}');
INSERT INTO "documents" VALUES(5,'7b1c8d4f403a967df2e6433d1a99fad179b24c27b7100815cf298da8b70ea38a','https://example.org/brod','{"document":{"authors":[],"found":{},"id":"7b1c8d4f403a967df2e6433d1a99fad179b24c27b7100815cf298da8b70ea38a","key":"https://example.org/brod","language":null,"links":[],"medium":"article","outlet":"Courier","parts":[],"published":"2022-09-09","raw_sha256":"","retrieved_from":"","text":"Brod is lost again, the army said on Friday. Its troops took Velin and Lesno on Thursday.","timezone":null,"title":"Brod","url":null},"raw_sha256":"abe409c787d5423ffceff7c376c12620a3b243a57cd4a4902831b39b8b0d792d","revision":2}');
CREATE TABLE entries (
	seq INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	payload_sha256 TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "entries" VALUES(1,'document','5b3b81f87d2f9225dcb7458e74c7b8c98c08501cdebb4fb650f8d02347a08086','0000000000000000000000000000000000000000000000000000000000000000','a039431e2aa0edc8bf07fd1a4659d9404d1a588b1bf24aa1c809ec1f466cef74','2022-09-09T12:00:00.000000+00:00');
INSERT INTO "entries" VALUES(2,'reading','81e2d23dc6d2a4f829c8e14cdddd3c0eeeb0e67db9d4212a2f8ff1810cc2c3ac','a039431e2aa0edc8bf07fd1a4659d9404d1a588b1bf24aa1c809ec1f466cef74','e474b35d12ef22a365194306909685e26da273dbccb7c8a4fa40d5aac1037ab0','2022-09-09T12:00:00.000000+00:00');
INSERT INTO "entries" VALUES(3,'claims','14fa29e897c821d01fdf19a43d84369877e1460ac824f41a8dab9a3fd008a67b','e474b35d12ef22a365194306909685e26da273dbccb7c8a4fa40d5aac1037ab0','3c37076c1d5bf742e471ef088330e990ea004222dd82b1e13333d6a3a4358615','2022-09-09T12:00:00.000000+00:00');
INSERT INTO "entries" VALUES(4,'refusal','468c7288a9e934016b1005dcd8b1e4bf45192620033d3478bbe5e182cf07bd73','3c37076c1d5bf742e471ef088330e990ea004222dd82b1e13333d6a3a4358615','580162542506b81440fb2626ae0b0a48bbc39c8747a73ccf4fd572a9a27cd94c','2022-09-10T12:00:00.000000+00:00');
INSERT INTO "entries" VALUES(5,'document','4a6b3be95ae88d40b1974152ba80d5415e04416cd139c16f9c1e3478d68745e5','580162542506b81440fb2626ae0b0a48bbc39c8747a73ccf4fd572a9a27cd94c','cdcf97407245480a96f8b7d93e06ba5988a72bbb5a7821fca368e5c710fb984a','2022-09-09T12:00:00.000000+00:00');
INSERT INTO "entries" VALUES(6,'reading','da6d8ad8b016da1c1f79dc52a0077f3d826c8d8bb4bf36741ff6aff24d9790a5','cdcf97407245480a96f8b7d93e06ba5988a72bbb5a7821fca368e5c710fb984a','2e1d83e8f5adf8f4c7fd3b62822c282d8cfb48710f0063d6f39aaf1f30fe2d28','2022-09-09T12:00:00.000000+00:00');
INSERT INTO "entries" VALUES(7,'claims','6b20f4aad2e671dfc80ae3206a6e1233d7ed5be2b3249c5fb301b5f1b816470d','2e1d83e8f5adf8f4c7fd3b62822c282d8cfb48710f0063d6f39aaf1f30fe2d28','1d96af4750ce42ec1e9e06cc7b24654f5380f2527288d146a18fd3a590a68b88','2022-09-09T12:00:00.000000+00:00');
INSERT INTO "entries" VALUES(8,'reading','990d49ed86ac785584ca13940e1a37b459ab5e3b0b6c3e8c2cef4519cc5e2c4e','1d96af4750ce42ec1e9e06cc7b24654f5380f2527288d146a18fd3a590a68b88','2edb0c1b35de2cd173f35ea1b02269b7e1e97e70a3dbacc643bbf9801870c811','2022-09-11T12:00:00.000000+00:00');
INSERT INTO "entries" VALUES(9,'claims','4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945','2edb0c1b35de2cd173f35ea1b02269b7e1e97e70a3dbacc643bbf9801870c811','31de76db5c97dedf657cb4e33a34e91669bb5ceed0a407c93edce15eed0b8ebd','2022-09-11T12:00:00.000000+00:00');
CREATE TABLE readings (
	entry INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	reader TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (entry), 
	FOREIGN KEY(entry) REFERENCES entries (seq), 
	FOREIGN KEY(document) REFERENCES documents (id)
);
INSERT INTO "readings" VALUES(2,'ab042bdcb913c3a5bbd9ff651a7b7f0ba6414088baeae48896e0e1100d6cfb19','rules 1','{"attributions":[],"claims":[],"document":"ab042bdcb913c3a5bbd9ff651a7b7f0ba6414088baeae48896e0e1100d6cfb19","reader":"rules 1","toponyms":[]}');
INSERT INTO "readings" VALUES(6,'7b1c8d4f403a967df2e6433d1a99fad179b24c27b7100815cf298da8b70ea38a','rules 1','{"attributions":[],"claims":[],"document":"7b1c8d4f403a967df2e6433d1a99fad179b24c27b7100815cf298da8b70ea38a","reader":"rules 1","toponyms":[]}');
INSERT INTO "readings" VALUES(8,'7b1c8d4f403a967df2e6433d1a99fad179b24c27b7100815cf298da8b70ea38a','rules 2','{"attributions":[],"claims":[],"document":"7b1c8d4f403a967df2e6433d1a99fad179b24c27b7100815cf298da8b70ea38a","reader":"rules 2","toponyms":[]}');
CREATE TABLE refusals (
	entry INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (entry), 
	FOREIGN KEY(entry) REFERENCES entries (seq)
);
INSERT INTO "refusals" VALUES(4,'{"reason":"empty","where":"a.html"}');
CREATE TABLE versions (
	version INTEGER NOT NULL, 
	applied_at TEXT NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "versions" VALUES(1,'2026-11-22T19:48:28.316516+00:00');
CREATE INDEX documents_by_key ON documents ("key", entry);
CREATE INDEX readings_by_document ON readings (document, entry);
CREATE INDEX claims_by_side ON claims (side);
CREATE INDEX claims_by_voices ON claims (voices);
CREATE INDEX claims_by_day ON claims (first_day, last_day);
CREATE INDEX claims_by_id ON claims (id);
CREATE INDEX claims_by_kind ON claims (kind);
CREATE INDEX claim_places_by_claim ON claim_places (reading, position);
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: entries'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: entries'); END;
CREATE TRIGGER entries_no_replace BEFORE INSERT ON entries WHEN EXISTS (SELECT 1 FROM entries WHERE (seq = NEW.seq)) BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: entries'); END;
CREATE TRIGGER versions_no_update BEFORE UPDATE ON versions BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: versions'); END;
CREATE TRIGGER versions_no_delete BEFORE DELETE ON versions BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: versions'); END;
CREATE TRIGGER versions_no_replace BEFORE INSERT ON versions WHEN EXISTS (SELECT 1 FROM versions WHERE (version = NEW.version)) BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: versions'); END;
CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: documents'); END;
CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: documents'); END;
CREATE TRIGGER documents_no_replace BEFORE INSERT ON documents WHEN EXISTS (SELECT 1 FROM documents WHERE (entry = NEW.entry) OR (id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: documents'); END;
CREATE TRIGGER refusals_no_update BEFORE UPDATE ON refusals BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: refusals'); END;
CREATE TRIGGER refusals_no_delete BEFORE DELETE ON refusals BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: refusals'); END;
CREATE TRIGGER refusals_no_replace BEFORE INSERT ON refusals WHEN EXISTS (SELECT 1 FROM refusals WHERE (entry = NEW.entry)) BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: refusals'); END;
CREATE TRIGGER readings_no_update BEFORE UPDATE ON readings BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: readings'); END;
CREATE TRIGGER readings_no_delete BEFORE DELETE ON readings BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: readings'); END;
CREATE TRIGGER readings_no_replace BEFORE INSERT ON readings WHEN EXISTS (SELECT 1 FROM readings WHERE (entry = NEW.entry)) BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: readings'); END;
CREATE TRIGGER claims_no_update BEFORE UPDATE ON claims BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: claims'); END;
CREATE TRIGGER claims_no_delete BEFORE DELETE ON claims BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: claims'); END;
CREATE TRIGGER claims_no_replace BEFORE INSERT ON claims WHEN EXISTS (SELECT 1 FROM claims WHERE (reading = NEW.reading AND position = NEW.position)) BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: claims'); END;
CREATE TRIGGER claim_places_no_update BEFORE UPDATE ON claim_places BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: claim_places'); END;
CREATE TRIGGER claim_places_no_delete BEFORE DELETE ON claim_places BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: claim_places'); END;
CREATE TRIGGER claim_places_no_replace BEFORE INSERT ON claim_places WHEN EXISTS (SELECT 1 FROM claim_places WHERE (place = NEW.place AND reading = NEW.reading AND position = NEW.position)) BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: claim_places'); END;
COMMIT;
