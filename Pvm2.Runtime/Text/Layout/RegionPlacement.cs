using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>What a <c>.region</c> directive says.</summary>
/// <param name="Address">First byte of the region.</param>
/// <param name="Size">The least size in bytes; 0 where the directive has none.</param>
/// <param name="Position">Where the directive stands.</param>
internal sealed record RegionPlacement(long Address, long Size, SourcePosition Position);
