//! An allocator for guests: memory from one block, given back only when the last
//! allocation is freed, or all at once.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::{Cell, UnsafeCell};
use core::mem::MaybeUninit;
use core::ptr;

pub struct BumpAllocator<const SIZE: usize> {
    memory: UnsafeCell<MaybeUninit<[u8; SIZE]>>,
    used: Cell<usize>,
}

// SAFETY: a guest has one thread.
unsafe impl<const SIZE: usize> Sync for BumpAllocator<SIZE> {}

impl<const SIZE: usize> BumpAllocator<SIZE> {
    pub const fn new() -> Self {
        Self { memory: UnsafeCell::new(MaybeUninit::uninit()), used: Cell::new(0) }
    }

    /// Takes everything back.
    ///
    /// # Safety
    /// Nothing that was allocated may be used again.
    pub unsafe fn reset(&self) {
        self.used.set(0);
    }

    fn base(&self) -> *mut u8 {
        self.memory.get().cast()
    }

    fn is_last(&self, pointer: *mut u8, size: usize) -> bool {
        pointer as usize - self.base() as usize + size == self.used.get()
    }
}

// SAFETY: blocks lie in `memory`, below `used`, aligned, and do not overlap: `used` only
// falls to the start of the last block, or to 0 by `reset`.
unsafe impl<const SIZE: usize> GlobalAlloc for BumpAllocator<SIZE> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let base = self.base() as usize;
        let start = (base + self.used.get()).next_multiple_of(layout.align()) - base;
        match start.checked_add(layout.size()) {
            Some(end) if end <= SIZE => {
                self.used.set(end);
                // SAFETY: start <= end <= SIZE.
                unsafe { self.base().add(start) }
            }
            _ => ptr::null_mut(),
        }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if self.is_last(pointer, layout.size()) {
            self.used.set(self.used.get() - layout.size());
        }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        if self.is_last(pointer, layout.size()) {
            let start = self.used.get() - layout.size();
            if new_size > SIZE - start {
                return ptr::null_mut();
            }
            self.used.set(start + new_size);
            return pointer;
        }
        // SAFETY: the caller's layout has the alignment; both blocks hold what is copied.
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(new_size, layout.align()));
            if !new.is_null() {
                ptr::copy_nonoverlapping(pointer, new, layout.size().min(new_size));
            }
            new
        }
    }
}
