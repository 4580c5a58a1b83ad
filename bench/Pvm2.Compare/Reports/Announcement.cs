namespace Pvm2.Compare.Reports;

/// <summary>What the announcement of PVM2 published of a workload.</summary>
/// <param name="Workload">Its name, the same as ours.</param>
/// <param name="PolkaVm">PolkaVM, cold, µs.</param>
/// <param name="JavmPvm">JAVM with the first PVM, cold, µs.</param>
/// <param name="JavmPvm2">JAVM with PVM2, cold, µs.</param>
/// <param name="ImageBytes">The whole PVM2 image.</param>
/// <param name="Source">How far its guest and ours are the same program.</param>
internal sealed record Announcement(
    string Workload, double PolkaVm, double JavmPvm, double JavmPvm2, long ImageBytes, string Source)
{
    /// <summary>All ten workloads, in the announcement's order.</summary>
    public static IReadOnlyList<Announcement> All { get; } =
    [
        new("prime_sieve", 353, 190.2, 281.5, 158_399, "same algorithm, other source; the sieve is 100 000 bytes that begin as zeros, which an image need not hold"),
        new("keccak", 140, 61.4, 60.5, 12_320, "other source: the Rust library sha3 there, C here; sizes do not compare"),
        new("blake2b", 276, 101.4, 104.0, 22_014, "other source: the Rust library blake2 there, C here; sizes do not compare"),
        new("goldilocks_mul", 531, 521.4, 452.9, 5_526, "same algorithm, other source"),
        new("ed25519", 1350, 1020, 644.6, 94_136, "other source: the Rust library ed25519-compact there, C with tables of its own here; sizes do not compare"),
        new("ecrecover", 3320, 1490, 1610, 203_894, "other source: the Rust library k256 there, C with tables of its own here; sizes do not compare"),
        new("poseidon2_perm", 2020, 1820, 1690, 13_328, "same algorithm and constants, other source"),
        new("mini_verifier", 924, 788.3, 727.7, 15_632, "same algorithm and constants, other source"),
        new("poly_eval", 1740, 1710, 1620, 72_404, "same algorithm, other source; the coefficients are 32 768 bytes that begin as zeros, which an image need not hold"),
        new("fri_fold_tree", 962, 788.5, 728.2, 277_120, "same algorithm, other source; the tree is 65 528 bytes that begin as zeros, which an image need not hold"),
    ];
}
