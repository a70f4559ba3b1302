//! Programs that show Mekong at work; each file beside this one is one of them.
