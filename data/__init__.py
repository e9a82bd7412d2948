"""Where a number comes from: places, schema, snapshots, cubes, measures, rules, workbooks."""
