//! Stands in for the crate of this name, which `alloc` asks for: what the compiler calls
//! (memory functions, 128-bit division) is in ../runtime, shared with C and C++.

#![no_std]
#![allow(internal_features)]
#![feature(compiler_builtins)]
#![compiler_builtins]
