/** The sea of the card face: fine gold lines, drawn. */
export function Waves({
  width,
  height,
  lines = 8,
  from = 0.42,
  gap = 0.075,
}: {
  width: number;
  height: number;
  lines?: number;
  /** Share of the height where the first line runs, and between two lines. */
  from?: number;
  gap?: number;
}) {
  const paths = Array.from({ length: lines }, (_, i) => {
    const y = height * (from + i * gap);
    const rise = Math.max(4, 16 - i * 1.1);
    const periods = Math.ceil((width + 140) / 120);
    const swing = Array.from({ length: periods }, () => `q30 ${-rise} 60 0 t60 0`).join(' ');
    return (
      <path
        key={y}
        d={`M-10 ${y} ${swing}`}
        transform={`translate(${i * -9} 0)`}
        fill="none"
        stroke="#C8A24A"
        strokeWidth={1}
        opacity={Math.max(0.14, 0.5 - i * 0.035)}
      />
    );
  });
  return (
    <svg
      className="waves"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      {paths}
    </svg>
  );
}
