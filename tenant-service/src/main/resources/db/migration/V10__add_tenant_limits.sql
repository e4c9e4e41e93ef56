-- What a tenant may use at most, as the JSON text that the feed tells of it; NULL: no limits of
-- its own.
ALTER TABLE tenant ADD COLUMN limits text;
