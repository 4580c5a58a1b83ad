namespace Pvm2.Runtime.Tests.Programs;

/// <summary>Damages files as a fuzzer does.</summary>
internal static class Mutations
{
    private static readonly byte[] Remarkable = [0x00, 0x01, 0x0F, 0x10, 0x7F, 0x80, 0xFF];

    /// <summary>A copy of one of the samples with one to six places overwritten, cut out, repeated or taken from another.</summary>
    internal static byte[] Damage(Random random, IReadOnlyList<byte[]> samples)
    {
        var bytes = new List<byte>(samples[random.Next(samples.Count)]);
        for (var edits = random.Next(1, 7); edits > 0 && bytes.Count > 0; edits--)
        {
            var place = random.Next(bytes.Count);
            var length = random.Next(1, Math.Min(9, bytes.Count - place + 1));
            switch (random.Next(6))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[place] = Remarkable[random.Next(Remarkable.Length)];
                    break;
                case 2:
                    bytes[place] += (byte)(random.Next(2) == 0 ? 1 : -1);
                    break;
                case 3:
                    bytes.RemoveRange(place, length);
                    break;
                case 4:
                    bytes.InsertRange(place, bytes.GetRange(place, length));
                    break;
                default:
                    var other = samples[random.Next(samples.Count)];
                    var start = random.Next(other.Length);
                    bytes.InsertRange(place, other[start..Math.Min(other.Length, start + length)]);
                    break;
            }
        }

        return [.. bytes];
    }
}
