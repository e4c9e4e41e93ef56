-- Histories of the tenants that were left for another one: none of them is ever taken again.
ALTER TABLE tenants_feed ADD COLUMN left_epochs uuid[] NOT NULL DEFAULT '{}';
