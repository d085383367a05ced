export default function Funds() {
  return <h1>Funds</h1>;
}
