//! A `no_std` guest with `alloc`: trait objects, boxed closures, a tree of enums, maps,
//! strings and formatting, on a bump allocator. Result: a checksum over all of it.

#![cfg_attr(target_arch = "riscv64", no_std, no_main)]

extern crate alloc;

#[cfg(target_arch = "riscv64")]
mod bump;
mod pvm2;

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BinaryHeap, VecDeque};
use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::RefCell;
use core::fmt::Write;

#[cfg(target_arch = "riscv64")]
#[global_allocator]
static ALLOCATOR: bump::BumpAllocator<{ 256 * 1024 }> = bump::BumpAllocator::new();

/// FNV-1a over everything the guest computes.
struct Checksum(u64);

impl Checksum {
    fn number(&mut self, value: u64) {
        self.bytes(&value.to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}

// ---- trait objects -----------------------------------------------------------------

trait Account {
    fn name(&self) -> String;
    fn deposit(&mut self, amount: u64);
    fn balance(&self) -> u64;
    fn month(&mut self) {}
}

struct Plain(u64);

struct Interest {
    balance: u64,
    per_mille: u64,
}

struct Logged<A> {
    inner: A,
    log: Rc<RefCell<Vec<u64>>>,
}

impl Account for Plain {
    fn name(&self) -> String {
        "plain".to_string()
    }

    fn deposit(&mut self, amount: u64) {
        self.0 += amount;
    }

    fn balance(&self) -> u64 {
        self.0
    }
}

impl Account for Interest {
    fn name(&self) -> String {
        format!("{}.{} %", self.per_mille / 10, self.per_mille % 10)
    }

    fn deposit(&mut self, amount: u64) {
        self.balance += amount;
    }

    fn balance(&self) -> u64 {
        self.balance
    }

    fn month(&mut self) {
        self.balance += self.balance * self.per_mille / 12_000;
    }
}

impl<A: Account> Account for Logged<A> {
    fn name(&self) -> String {
        format!("logged {}", self.inner.name())
    }

    fn deposit(&mut self, amount: u64) {
        self.log.borrow_mut().push(amount);
        self.inner.deposit(amount);
    }

    fn balance(&self) -> u64 {
        self.inner.balance()
    }

    fn month(&mut self) {
        self.inner.month();
    }
}

fn trait_objects(checksum: &mut Checksum) {
    let log = Rc::new(RefCell::new(Vec::new()));
    let mut accounts: Vec<Box<dyn Account>> = Vec::new();
    accounts.push(Box::new(Plain(100)));
    accounts.push(Box::new(Interest { balance: 5_000, per_mille: 35 }));
    accounts.push(Box::new(Logged { inner: Plain(7), log: log.clone() }));
    accounts.push(Box::new(Logged { inner: Interest { balance: 90_000, per_mille: 12 }, log: log.clone() }));
    for month in 0..36 {
        for (i, account) in accounts.iter_mut().enumerate() {
            account.deposit(month * 17 + i as u64);
            account.month();
        }
    }
    accounts.sort_by_key(|account| core::cmp::Reverse(account.balance()));
    for account in &accounts {
        checksum.bytes(account.name().as_bytes());
        checksum.number(account.balance());
    }
    checksum.number(log.borrow().iter().sum());
}

// ---- a tree of enums, closures ---------------------------------------------------------

enum Term {
    Number(i64),
    Variable,
    Negated(Box<Term>),
    Sum(Box<Term>, Box<Term>),
    Product(Box<Term>, Box<Term>),
    Chosen(Vec<Term>),
}

impl Term {
    /// A term of the given depth that the seed decides.
    fn grow(seed: &mut u64, depth: u32) -> Term {
        *seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let kind = (*seed >> 60) as u32;
        if depth == 0 {
            return if kind < 8 { Term::Variable } else { Term::Number((*seed >> 40 & 0xff) as i64 - 128) };
        }
        let mut part = || Box::new(Term::grow(seed, depth - 1));
        match kind {
            0..=2 => Term::Negated(part()),
            3..=8 => Term::Sum(part(), part()),
            9..=13 => Term::Product(part(), part()),
            _ => Term::Chosen((0..3).map(|_| *part()).collect()),
        }
    }

    fn evaluate(&self, variable: i64) -> i64 {
        match self {
            Term::Number(value) => *value,
            Term::Variable => variable,
            Term::Negated(term) => term.evaluate(variable).wrapping_neg(),
            Term::Sum(left, right) => left.evaluate(variable).wrapping_add(right.evaluate(variable)),
            Term::Product(left, right) => left.evaluate(variable).wrapping_mul(right.evaluate(variable)),
            Term::Chosen(terms) => terms[variable.rem_euclid(terms.len() as i64) as usize].evaluate(variable),
        }
    }

    fn write(&self, text: &mut String) {
        match self {
            Term::Number(value) => write!(text, "{value}").expect("memory"),
            Term::Variable => text.push('x'),
            Term::Negated(term) => {
                text.push('-');
                term.write(text);
            }
            Term::Sum(left, right) => Term::write_all(text, "(+ ", &[left, right]),
            Term::Product(left, right) => Term::write_all(text, "(* ", &[left, right]),
            Term::Chosen(terms) => Term::write_all(text, "(? ", &terms.iter().collect::<Vec<_>>()),
        }
    }

    fn write_all(text: &mut String, head: &str, terms: &[&Term]) {
        text.push_str(head);
        for term in terms {
            term.write(text);
            text.push(' ');
        }
        text.push(')');
    }
}

fn terms(checksum: &mut Checksum) {
    let mut seed = 2024;
    for depth in 1..6 {
        let term = Term::grow(&mut seed, depth);
        let mut text = String::new();
        term.write(&mut text);
        checksum.bytes(text.as_bytes());
        for variable in -5..6 {
            checksum.number(term.evaluate(variable) as u64);
        }
    }
}

fn closures(checksum: &mut Checksum) {
    let mut steps: Vec<Box<dyn Fn(u64) -> u64>> = Vec::new();
    for k in 1..20u64 {
        steps.push(match k % 5 {
            0 => Box::new(move |x| x.rotate_left(k as u32)),
            1 => Box::new(move |x| x.wrapping_mul(2 * k + 1)),
            2 => Box::new(move |x| x ^ x >> k),
            3 => Box::new(move |x| x.wrapping_add(k << 33)),
            _ => Box::new(u64::swap_bytes),
        });
    }
    let mut value = 1;
    for round in 0..200 {
        value = steps[(value % steps.len() as u64) as usize](value + round);
    }
    checksum.number(value);
}

// ---- collections ---------------------------------------------------------------------------

const PROVERBS: &str = "a rolling stone gathers no moss and a stitch in time saves nine \
    while many hands make light work but too many cooks spoil the broth and no news is good news";

fn words(checksum: &mut Checksum) {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for word in PROVERBS.split_whitespace() {
        *counts.entry(word.to_string()).or_insert(0) += 1;
    }
    let mut heap: BinaryHeap<(u64, &str)> = counts.iter().map(|(word, &count)| (count, word.as_str())).collect();
    while let Some((count, word)) = heap.pop() {
        checksum.number(count);
        checksum.bytes(word.as_bytes());
    }
}

/// The length of a shortest way through a maze, breadth first.
fn maze(checksum: &mut Checksum) {
    const SIDE: usize = 24;
    let is_wall = |x: usize, y: usize| (x * 7 + y * 13 + x * y) % 5 == 1 && (x, y) != (SIDE - 1, SIDE - 1);
    let mut distance = alloc::vec![u32::MAX; SIDE * SIDE];
    let mut queue = VecDeque::from([(0usize, 0usize)]);
    distance[0] = 0;
    while let Some((x, y)) = queue.pop_front() {
        for (dx, dy) in [(0i32, 1i32), (1, 0), (0, -1), (-1, 0)] {
            let (nx, ny) = (x.wrapping_add_signed(dx as isize), y.wrapping_add_signed(dy as isize));
            if nx < SIDE && ny < SIDE && !is_wall(nx, ny) && distance[ny * SIDE + nx] == u32::MAX {
                distance[ny * SIDE + nx] = distance[y * SIDE + x] + 1;
                queue.push_back((nx, ny));
            }
        }
    }
    for value in distance {
        checksum.number(value.into());
    }
}

fn wide_numbers(checksum: &mut Checksum) {
    let mut product: u128 = 1;
    for k in 1..=33u128 {
        product *= k;
    }
    checksum.bytes(product.to_string().as_bytes());
    checksum.number((product / 0x1_0000_0000_0000_0061) as u64);
    checksum.number((product % 0x1_0000_0000_0000_0061) as u64);
    checksum.number((-(product as i128) / 1_000_000_007) as u64);
}

// ---- entry points ------------------------------------------------------------------------------

/// 1 + 4 + 9 + ... by way of a vector: an entry point that allocates.
#[unsafe(no_mangle)]
extern "C" fn sum_of_squares(count: u64) -> u64 {
    let squares: Vec<u64> = (1..=count).map(|x| x * x).collect();
    squares.iter().sum()
}
pvm2::export!(sum_of_squares);

/// Panics for 0: an index out of range.
#[unsafe(no_mangle)]
extern "C" fn first_digit(number: u64) -> u64 {
    let digits: Vec<u64> = core::iter::successors(Some(number), |n| Some(n / 10))
        .take_while(|&n| n > 0)
        .map(|n| n % 10)
        .collect();
    digits[digits.len().wrapping_sub(1)]
}
pvm2::export!(first_digit);

#[unsafe(no_mangle)]
extern "C" fn guest_main() -> u32 {
    // SAFETY: guest_main keeps nothing from one call to the next.
    #[cfg(target_arch = "riscv64")]
    unsafe {
        ALLOCATOR.reset();
    }
    let mut checksum = Checksum(0xcbf2_9ce4_8422_2325);
    trait_objects(&mut checksum);
    terms(&mut checksum);
    closures(&mut checksum);
    words(&mut checksum);
    maze(&mut checksum);
    wide_numbers(&mut checksum);
    let result = (checksum.0 ^ checksum.0 >> 32) as u32;
    let mut output = pvm2::Writer(pvm2::Descriptor::Stdout);
    let _ = writeln!(output, "collections: {result:#010x}");
    result
}
