"""Reading what people send: bytes of strangers become plain data, under limits, without touching anything else."""
