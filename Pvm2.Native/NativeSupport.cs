namespace Pvm2.Native;

/// <summary>Whether the native tier can run here.</summary>
/// <param name="IsSupported">Whether it can.</param>
/// <param name="Reason">Why it cannot, as a sentence; empty where it can.</param>
public readonly record struct NativeSupport(bool IsSupported, string Reason);
