//! What a Rust guest needs to talk to the default host: `mod pvm2;` with a path to this
//! file, `#![no_std]`, and a function
//!
//! ```ignore
//! #[unsafe(no_mangle)]
//! extern "C" fn guest_main() -> u32 { ... }
//! ```
//!
//! whose result the program leaves in a0. A host call is the custom-0 instruction `ecalli
//! selector`: arguments in a0, a1 and a2, the answer in a0, every other register kept.
//! For any other target than RISC-V the calls do nothing, so that the same source also
//! runs natively.

#![allow(dead_code)] // a guest uses what it needs

use core::fmt;

/// Where `write` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Descriptor {
    Stdout = 1,
    Stderr = 2,
}

/// Why the host refused a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// Part of the buffer is not the guest's to read (`write`) or to change (`read`).
    BadAddress,
    /// The host knows no such descriptor.
    BadDescriptor,
    /// An answer that this module does not know.
    Unknown(i64),
}

fn count(answer: i64) -> Result<usize, Error> {
    match answer {
        0.. => Ok(answer as usize),
        -1 => Err(Error::BadAddress),
        -2 => Err(Error::BadDescriptor),
        _ => Err(Error::Unknown(answer)),
    }
}

/// Ends the run; the host reports `result`.
#[cfg(target_arch = "riscv64")]
pub fn halt(result: u64) -> ! {
    // SAFETY: the call does not come back; a host that resumes a halted guest meets the trap.
    unsafe {
        core::arch::asm!(".insn i 0x0b, 2, x0, x0, 0", "unimp", in("a0") result, options(noreturn, nostack));
    }
}

/// Writes bytes; returns how many.
#[cfg(target_arch = "riscv64")]
pub fn write(descriptor: Descriptor, bytes: &[u8]) -> Result<usize, Error> {
    let answer: i64;
    // SAFETY: the host only reads the slice, and checks it.
    unsafe {
        core::arch::asm!(".insn i 0x0b, 2, x0, x0, 1", inlateout("a0") descriptor as i64 => answer,
            in("a1") bytes.as_ptr(), in("a2") bytes.len(), options(nostack, readonly));
    }
    count(answer)
}

/// Reads at most `buffer.len()` bytes of the input; returns how many, 0 at its end.
#[cfg(target_arch = "riscv64")]
pub fn read(buffer: &mut [u8]) -> Result<usize, Error> {
    let answer: i64;
    // SAFETY: the host writes inside the slice alone.
    unsafe {
        core::arch::asm!(".insn i 0x0b, 2, x0, x0, 2", inlateout("a0") buffer.as_mut_ptr() => answer,
            in("a1") buffer.len(), options(nostack));
    }
    count(answer)
}

/// The gas left after this block was paid for; `u64::MAX` when the run is not metered.
#[cfg(target_arch = "riscv64")]
pub fn gas_left() -> u64 {
    let gas: u64;
    // SAFETY: the host touches a0 alone.
    unsafe {
        core::arch::asm!(".insn i 0x0b, 2, x0, x0, 3", lateout("a0") gas, options(nostack, nomem));
    }
    gas
}

/// Makes an `extern "C"`, `no_mangle` function an entry point that the host can call by
/// name: up to six integer arguments, and its return ends the run with the result in a0.
#[cfg(target_arch = "riscv64")]
#[allow(unused_macros)]
macro_rules! export {
    ($function:ident) => {
        core::arch::global_asm!(
            ".pushsection .pvm2.exports, \"aR\", @progbits", ".p2align 3", ".quad {function}", ".popsection",
            function = sym $function
        );
    };
}

/// A panic goes to the standard error and ends the run as a panic of the machine.
#[cfg(target_arch = "riscv64")]
#[panic_handler]
fn panic(info: &core::panic::PanicInfo) -> ! {
    let _ = fmt::Write::write_fmt(&mut Writer(Descriptor::Stderr), format_args!("{info}\n"));
    // SAFETY: nothing comes after a trap.
    unsafe { core::arch::asm!("unimp", options(noreturn, nomem, nostack)) }
}

#[cfg(not(target_arch = "riscv64"))]
pub fn halt(result: u64) -> ! {
    panic!("halt({result}) outside a guest")
}

#[cfg(not(target_arch = "riscv64"))]
pub fn write(_: Descriptor, bytes: &[u8]) -> Result<usize, Error> {
    Ok(bytes.len())
}

#[cfg(not(target_arch = "riscv64"))]
pub fn read(_: &mut [u8]) -> Result<usize, Error> {
    Ok(0)
}

#[cfg(not(target_arch = "riscv64"))]
pub fn gas_left() -> u64 {
    u64::MAX
}

#[cfg(not(target_arch = "riscv64"))]
#[allow(unused_macros)]
macro_rules! export {
    ($function:ident) => {};
}

#[allow(unused_imports)]
pub(crate) use export;

/// `write!` and `writeln!` to a descriptor.
pub struct Writer(pub Descriptor);

impl fmt::Write for Writer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut bytes = text.as_bytes();
        while !bytes.is_empty() {
            match write(self.0, bytes) {
                Ok(written) if written > 0 => bytes = &bytes[written..],
                _ => return Err(fmt::Error),
            }
        }
        Ok(())
    }
}
