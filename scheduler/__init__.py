"""The clock: working days and the ticker."""
